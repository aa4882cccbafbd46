import type { Kysely } from 'kysely';
import { type Journal, readJournal } from '../../../protocol/journal.ts';
import type { JournalProblem, JournalResult } from '../../../protocol/office/officeApi.ts';
import { PROTOCOL_VERSION, PUSH_MAX_BYTES, PUSH_MAX_EVENTS } from '../../../protocol/sync.ts';
import type { Deps } from '../../deps.ts';
import type { Verify } from '../../http/verifier.ts';
import { lockBusiness } from '../../store/businesses.ts';
import { getDocument, putDocument } from '../../store/documents.ts';
import type { DeviceRow } from '../../store/tables/ledgerTables.ts';
import type { Schema } from '../../store/schema.ts';
import { push } from '../push.ts';

type JournalDeps = Pick<Deps, 'db' | 'clock' | 'random' | 'live'>;

export type JournalOutcome =
  { readonly ok: true; readonly result: JournalResult } | { readonly ok: false; readonly problem: JournalProblem };

/**
 * Admits what a till's file holds as if the till had pushed it: nothing is stored twice, whatever came already. The file must
 * carry the signature of the device's own key. A device that this server does not know (it was restored from a backup of
 * before the pairing) is taken in as one that is no longer in use, so that the owner sees whose events these are.
 */
export async function loadJournal(
  deps: JournalDeps,
  business: string,
  file: string,
  verify: Verify,
): Promise<JournalOutcome> {
  const reading = readJournal(file);
  if (!reading.ok) return reading;
  const { journal } = reading;
  const { head, signed, signature } = journal;
  if (head.business !== business) return { ok: false, problem: 'otherShop' };
  // What the server itself says comes from nowhere else: no till has that name.
  if (head.device === 'server') return { ok: false, problem: 'notAJournal' };
  const known = await findDevice(deps.db, business, head.device);
  if (!(await verify(known ?? head.publicKey, signed, signature))) return { ok: false, problem: 'changed' };
  const device = known ?? (await takeIn(deps, journal));
  const counts = { new: 0, known: 0, unreadable: 0, gap: 0, patches: 0 };
  for (const part of partsOf(journal)) {
    const answer = await push(deps, device, { protocol: PROTOCOL_VERSION, health: null, ...part });
    const codes = new Map(answer.results.map((one) => [one.result, 0]));
    for (const { result } of answer.results) codes.set(result, (codes.get(result) ?? 0) + 1);
    const known = codes.get('duplicate') ?? 0;
    const unreadable = codes.get('quarantined') ?? 0;
    // Nothing behind a gap has a place, and the list of results ends with it.
    const gapAt = answer.results.find(({ result }) => result === 'gap');
    const placed = gapAt ? part.events.findIndex((bytes) => seqOf(bytes) === gapAt.seq) : part.events.length;
    counts.known += known;
    counts.unreadable += unreadable;
    counts.gap += part.events.length - placed;
    counts.new += Math.max(0, placed - known - unreadable);
    counts.patches += part.patches.length;
  }
  const name = (await getDocument(deps.db, business, 'device', device.device))?.name ?? head.name;
  return {
    ok: true,
    result: { till: name, knownTill: known !== undefined, revoked: device.revoked_at !== null, ...counts },
  };
}

function findDevice(db: Kysely<Schema>, business: string, device: string): Promise<DeviceRow | undefined> {
  return db
    .selectFrom('devices')
    .selectAll()
    .where('business', '=', business)
    .where('device', '=', device)
    .executeTakeFirst();
}

/** Requests of the size that tills send, run by run in the file's order, the patches before the events. */
function* partsOf({ runs, programs }: Journal) {
  // Twenty versions are the most that a push may bring, and more than a shop has in 35 days.
  let versions = programs.slice(0, 20);
  for (const { run, events, patches } of runs) {
    for (let at = 0; at < patches.length; at += PUSH_MAX_EVENTS) {
      yield { run, events: [], patches: patches.slice(at, at + PUSH_MAX_EVENTS), programs: versions };
      versions = [];
    }
    let waiting: string[] = [];
    let bytes = 0;
    for (const event of events) {
      const size = Buffer.byteLength(event);
      if (waiting.length === PUSH_MAX_EVENTS || (waiting.length > 0 && bytes + size > PUSH_MAX_BYTES)) {
        yield { run, events: waiting, patches: [], programs: versions };
        versions = [];
        waiting = [];
        bytes = 0;
      }
      waiting.push(event);
      bytes += size;
    }
    if (waiting.length > 0) yield { run, events: waiting, patches: [], programs: versions };
    versions = [];
  }
}

/** A till of a life of this database that is gone: revoked from the begin, known by its file. */
async function takeIn(deps: JournalDeps, { head }: Journal): Promise<DeviceRow> {
  const { business, device, name, location, publicKey } = head;
  const at = deps.clock.now();
  const row: DeviceRow = {
    device,
    business,
    ...publicKey,
    paired_at: at,
    revoked_at: at,
    seen_at: head.exportedAt,
    health: null,
  };
  return deps.db.transaction().execute(async (trx) => {
    await lockBusiness(trx, business);
    await trx
      .insertInto('devices')
      .values(row)
      .onConflict((c) => c.doNothing())
      .execute();
    const ended = { at, how: 'file', by: null, successor: null } as const;
    await putDocument(trx, business, {
      kind: 'device',
      id: device,
      data: { id: device, name, location, revoked: true, ended },
    });
    return row;
  });
}

function seqOf(bytes: string): number | null {
  try {
    return (JSON.parse(bytes) as { seq?: number }).seq ?? null;
  } catch {
    return null;
  }
}
