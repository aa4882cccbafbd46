import { pullAnswerSchema } from '../../../protocol/schemas/answerSchemas.ts';
import type { Admitted, Event } from '../../../protocol/event.ts';
import type { PullAnswer } from '../../../protocol/sync.ts';
import { coveredWith } from '../../ledger/covered.ts';
import { beginNextRun } from '../../ledger/newRun.ts';
import type { Generation } from '../../store/cacheDb.ts';
import { applyPull, type Pulled } from './applyPull.ts';
import { forgetErased } from '../forgetting.ts';
import { pullPath } from './pullPath.ts';
import type { Step, SyncParts } from '../syncParts.ts';
import { chainAfter } from './verify.ts';

/** Answers in a row that do not fit our chain, before our own states are doubted. */
const DOUBTS = 3;

/** Brings what the server has admitted since the cursor. */
export class Puller {
  readonly #parts: SyncParts;
  #misfits = 0;

  constructor(parts: SyncParts) {
    this.#parts = parts;
  }

  /** Pulls one answer into the generation in use. */
  async step(): Promise<Step> {
    const { members, own, documents, targets, moved } = this.#parts;
    const pulled = await this.fetchInto('current', members.generation);
    if ('kind' in pulled) return pulled;
    const { generation } = pulled;
    targets.forget();
    if (pulled.documents) await documents.load();
    members.moved(generation, pulled.members);
    own.nowCovered(generation.covered, generation.patchesCovered);
    if (pulled.erased.length > 0) await forgetErased(this.#parts);
    if (pulled.members.length > 0 || pulled.documents || pulled.more) moved(pulled.members, pulled.documents);
    return { kind: pulled.more ? 'more' : 'done' };
  }

  /** Pulls one answer behind the generation's cursor and stores it there. */
  async fetchInto(
    slot: 'current' | 'building',
    generation: Generation,
  ): Promise<Step | (Pulled & { readonly more: boolean })> {
    const { api, own, cacheDb } = this.#parts;
    const basis = generation.cursor;
    // Patches that were stored before this request are in the profiles that it brings.
    const stored = own.acknowledged.patches;
    const result = await api.get(pullPath(basis), pullAnswerSchema);
    if (!result.ok) {
      const { failure } = result;
      const diverged = failure.kind === 'http' && failure.error === 'diverged';
      return diverged ? { kind: 'diverged' } : { kind: 'failed', failure };
    }
    const answer = result.value;
    if (answer.epoch !== basis.epoch) return { kind: 'diverged' };
    if (!fits(generation, answer)) {
      this.#misfits += 1;
      if (this.#misfits >= DOUBTS) {
        this.#misfits = 0;
        return { kind: 'diverged' };
      }
      return { kind: 'failed', failure: { kind: 'notAnAnswer' } };
    }
    this.#misfits = 0;
    const mine = await this.#ownRows(answer.admitted);
    const covered = coveredWith(generation.covered, mine, own.runs);
    const patchesCovered = answer.more ? generation.patchesCovered : stored;
    const applied = await applyPull(cacheDb, slot, basis, answer, { covered, patchesCovered });
    if (applied === null) {
      // Another tab was here; what it stored is read before the next request.
      await this.#parts.reload();
      return { kind: 'more' };
    }
    // An own event may have been booked under another member than it names: that one shows it no longer, either.
    const named = mine.flatMap((n) => own.entries.get(n)?.event.member ?? []);
    return { ...applied, members: [...new Set([...applied.members, ...named])], more: answer.more };
  }

  /** Which own rows these admissions are: the same place in our runs and the same bytes. */
  async #ownRows(admitted: readonly Admitted[]): Promise<readonly number[]> {
    const { own, pairing, ledgerDb } = this.#parts;
    const candidates: { readonly n: number; readonly hash: string }[] = [];
    for (const each of admitted) {
      if (!each.bytes.includes(pairing.device)) continue;
      const event = JSON.parse(each.bytes) as Event;
      if (event.device !== pairing.device) continue;
      const n = own.rowOf(event.run, event.seq);
      if (n !== null) candidates.push({ n, hash: each.hash });
      // The server has more of our run than we do: this storage was restored or copied. No number is used twice.
      else if (event.run === own.head?.run) await beginNextRun(this.#parts.ports, ledgerDb, own);
    }
    const rows = await ledgerDb.events.bulkGet(candidates.map(({ n }) => n));
    return candidates.filter(({ hash }, at) => rows[at]?.hash === hash).map(({ n }) => n);
  }
}

function fits(generation: Generation, answer: PullAnswer): boolean {
  const after = chainAfter(generation.cursor, answer.admitted);
  return after !== null && after.gseq === answer.cursor.gseq && after.chain === answer.cursor.chain;
}
