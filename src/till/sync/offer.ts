import { offerAnswerSchema } from '../../protocol/schemas/answerSchemas.ts';
import type { MemberRecord, Profile, ProgramVersion } from '../../protocol/documents.ts';
import type { Admitted, Event } from '../../protocol/event.ts';
import {
  OFFER_MAX,
  OFFER_MAX_KNOWN,
  type OfferRequest,
  PROTOCOL_VERSION,
  PUSH_MAX_BYTES,
} from '../../protocol/sync.ts';
import { recordNow } from '../members/records.ts';
import type { JournalRow } from '../store/cacheDb.ts';
import type { Step, SyncParts } from './syncParts.ts';

/** Program versions that one request may carry. */
const PROGRAMS_AT_ONCE = 20;

/** Bytes of events in one offer: admissions are about as long again. */
const BYTES_AT_ONCE = PUSH_MAX_BYTES / 2;

/** Newest epoch first, its own numbers in their order; an event is offered by the newest one that has it. */
interface Journal {
  readonly epoch: string;
  readonly gseqs: readonly number[];
}

/**
 * Offers a restored server what this till has kept of the ledger: the admissions of all tills, as the server before it
 * made them. One of several tills may be the only one that is left.
 */
export class Offerer {
  readonly #parts: SyncParts;
  #epoch: string | null = null;

  constructor(parts: SyncParts) {
    this.#parts = parts;
  }

  /** Epoch of the ledger that was asked last; `null`: there was nothing to offer, or nobody who takes it. */
  get epoch(): string | null {
    return this.#epoch;
  }

  /** `failed` only where the network failed: a server that knows no offers, or takes none of this till, gets none. */
  async run(): Promise<Step> {
    this.#epoch = null;
    const offered = new Set<string>();
    const brought = new Set<string>();
    for (const journal of await this.#journals()) {
      const known = await this.#points(journal);
      const asked = await this.#send({ known, admissions: [], programs: [], profiles: [] });
      if (asked.kind !== 'answered') return asked.step;
      let from = firstAbove(journal.gseqs, asked.value.common);
      while (from < journal.gseqs.length) {
        const chunk = await this.#chunk(journal, from);
        from += chunk.taken;
        const fresh = chunk.rows.filter((row) => !offered.has(row.id));
        for (const row of fresh) offered.add(row.id);
        const step = fresh.length === 0 ? null : await this.#offer(fresh, brought);
        if (step !== null) return step;
      }
    }
    return { kind: 'done' };
  }

  async #offer(rows: readonly JournalRow[], brought: Set<string>): Promise<Step | null> {
    const { documents } = this.#parts;
    const named = new Set(rows.map((row) => (JSON.parse(row.admitted.bytes) as Event).program));
    const fresh = [...named].filter((hash) => !brought.has(hash)).slice(0, PROGRAMS_AT_ONCE);
    const programs = fresh.flatMap((hash): ProgramVersion[] => {
      const version = documents.programVersion(hash);
      return version === null ? [] : [version];
    });
    const admissions = rows.map((row): Admitted => row.admitted);
    const sent = await this.#send({ known: [], admissions, programs, profiles: await this.#profiles(rows) });
    if (sent.kind !== 'answered') return sent.step;
    for (const hash of fresh) brought.add(hash);
    return null;
  }

  async #send(offer: Omit<OfferRequest, 'protocol'>) {
    const body: OfferRequest = { protocol: PROTOCOL_VERSION, ...offer };
    const result = await this.#parts.api.post('/sync/offer', JSON.stringify(body), offerAnswerSchema);
    if (result.ok) {
      // Whoever is another one half-way through has not heard the first half.
      if (this.#epoch !== null && this.#epoch !== result.value.epoch) {
        return { kind: 'stopped', step: { kind: 'failed', failure: { kind: 'notAnAnswer' } } } as const;
      }
      this.#epoch = result.value.epoch;
      return { kind: 'answered', value: result.value } as const;
    }
    const { failure } = result;
    // In the server's own words, or one that knows no offers; a proxy between that refuses now may let it through later.
    const own = failure.kind === 'http' && (failure.error !== null || failure.status === 404);
    const answered = own && failure.status < 500 && failure.status !== 429;
    // Told to come back with another proof, or to come back later: the whole is tried again.
    const again = !answered || failure.error === 'proofClock' || failure.error === 'unauthorized';
    const step: Step = again ? { kind: 'failed', failure } : { kind: 'done' };
    return { kind: 'stopped', step } as const;
  }

  async #journals(): Promise<readonly Journal[]> {
    const { cacheDb, members } = this.#parts;
    const keys = await cacheDb.journal.orderBy('[epoch+gseq]').primaryKeys();
    const byEpoch = new Map<string, number[]>();
    for (const [epoch, gseq] of keys) {
      const list = byEpoch.get(epoch);
      if (list === undefined) byEpoch.set(epoch, [gseq]);
      else list.push(gseq);
    }
    const current = members.generation.cursor.epoch;
    const newest = [...byEpoch.keys()].sort((a, b) => (a === current ? -1 : b === current ? 1 : a < b ? 1 : -1));
    return newest.map((epoch) => ({ epoch, gseqs: byEpoch.get(epoch) ?? [] }));
  }

  /** Points of the journal ever further apart, newest first, and its very first. */
  async #points({ epoch, gseqs }: Journal): Promise<OfferRequest['known']> {
    const at = new Set<number>([gseqs.length - 1, 0]);
    for (let back = 1; back < gseqs.length && at.size < OFFER_MAX_KNOWN; back *= 2) at.add(gseqs.length - 1 - back);
    const wanted = [...at].sort((a, b) => b - a).map((index): [string, number] => [epoch, gseqs[index] ?? 0]);
    const rows = await this.#parts.cacheDb.journal.bulkGet(wanted);
    return rows.flatMap((row) => (row === undefined ? [] : [{ gseq: row.gseq, chain: row.admitted.chain }]));
  }

  /** As many rows from `from` on as fit into one request. */
  async #chunk({ epoch, gseqs }: Journal, from: number) {
    const keys = gseqs.slice(from, from + OFFER_MAX).map((gseq): [string, number] => [epoch, gseq]);
    const found = await this.#parts.cacheDb.journal.bulkGet(keys);
    const rows: JournalRow[] = [];
    let bytes = 0;
    let taken = 0;
    for (const row of found) {
      bytes += row === undefined ? 0 : row.admitted.bytes.length;
      if (bytes > BYTES_AT_ONCE && taken > 0) break;
      taken += 1;
      // Without a seal the server could not know it again.
      if (row?.admitted.seal !== undefined) rows.push(row);
    }
    return { rows, taken };
  }

  async #profiles(rows: readonly JournalRow[]): Promise<readonly Profile[]> {
    const { cacheDb, members } = this.#parts;
    const wanted = new Set(rows.flatMap(({ admitted: { member } }) => (member === null ? [] : [member])));
    const profiles: Profile[] = [];
    for (const member of wanted) {
      const { held } = await recordNow(cacheDb, members.generation, member);
      const record: MemberRecord | undefined = held?.erased === true ? undefined : held?.record;
      if (record?.profile) profiles.push(record.profile);
    }
    return profiles;
  }
}

function firstAbove(sorted: readonly number[], value: number): number {
  const at = sorted.findIndex((each) => each > value);
  return at < 0 ? sorted.length : at;
}
