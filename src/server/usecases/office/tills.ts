import type { Device } from '../../../protocol/documents.ts';
import type { ExceptionRecord } from '../../../protocol/event.ts';
import type { OfficeRefusal, OfficeTill } from '../../../protocol/office/officeApi.ts';
import type { DeviceHealth } from '../../../protocol/sync.ts';
import type { Deps } from '../../deps.ts';
import { lockBusiness } from '../../store/businesses.ts';
import { getDocument, listDocuments, putDocument } from '../../store/documents.ts';
import type { DeviceRow } from '../../store/tables/ledgerTables.ts';
import { type KnownRuns, readRuns } from '../../store/streams.ts';

/** Who was heard within this is there: an open stream is noted once a minute, and polling is more often. */
const HERE_MS = 120_000;

type TillDeps = Pick<Deps, 'db' | 'live'>;
type Done = { readonly ok: true } | { readonly ok: false; readonly refusal: OfficeRefusal };

/** The tills of a shop with what is known of their health, those in use first. */
export async function listTills(deps: Pick<Deps, 'db' | 'clock'>, business: string): Promise<OfficeTill[]> {
  const devices = await listDocuments(deps.db, business, 'device');
  const staff = new Map((await listDocuments(deps.db, business, 'staff')).map((one) => [one.id, one.name]));
  const rows = await deps.db
    .selectFrom('devices')
    .select(['device', 'seen_at', 'health'])
    .where('business', '=', business)
    .execute();
  const known = new Map(rows.map((row) => [row.device, row]));
  const runs = await readRuns(deps.db, business);
  const copies = (await listDocuments(deps.db, business, 'exception')).filter(isCopy);
  const now = deps.clock.now();
  return devices
    .map((device) => {
      const about = {
        runs: runs.get(device.id) ?? null,
        copies: copies.filter((one) => one.device === device.id),
        by: staff.get(device.ended?.by ?? '') ?? null,
        successor: devices.find((one) => one.id === device.ended?.successor)?.name ?? null,
      };
      return tillOf(device, known.get(device.id), about, now);
    })
    .sort(
      (a, b) => Number(a.revoked) - Number(b.revoked) || a.name.localeCompare(b.name, undefined, { numeric: true }),
    );
}

interface About {
  readonly runs: KnownRuns | null;
  readonly copies: readonly ExceptionRecord[];
  readonly by: string | null;
  readonly successor: string | null;
}

function tillOf(
  { id, name, location, revoked, ended }: Device,
  row: Pick<DeviceRow, 'seen_at' | 'health'> | undefined,
  { runs, copies, by, successor }: About,
  now: number,
): OfficeTill {
  const health = row?.health ? (JSON.parse(row.health) as DeviceHealth) : null;
  const seen = row?.seen_at ?? null;
  // What the runs say is exact, and goes down when the events come by another way; older tills say only how many.
  const unsent = runs?.said ? runs.missing : (health?.unsent ?? 0);
  const copiedAt = copies.reduce<number | null>((first, { at }) => Math.min(first ?? at, at), null);
  return {
    id,
    name,
    location,
    revoked,
    ended: ended ? { at: ended.at, how: ended.how, by, successor } : null,
    lastSeenAt: seen,
    here: !revoked && seen !== null && now - seen < HERE_MS,
    unsent,
    oldestUnsentAt: unsent > 0 ? (health?.oldestUnsentAt ?? null) : null,
    build: health?.build || null,
    persisted: health?.persisted ?? null,
    storage: health?.storage ?? null,
    skew: health?.skew ?? null,
    lastError: health?.lastError ?? null,
    copiedAt,
  };
}

const isCopy = (one: ExceptionRecord): boolean => one.kind === 'fork' && !one.closed;

/** Gives a till another name; the till shows it after its next sync. */
export async function renameTill(deps: TillDeps, business: string, id: string, name: string): Promise<Done> {
  const done = await deps.db.transaction().execute(async (trx) => {
    // Before it is read: a till that is revoked at this moment must not come back by its old document.
    await lockBusiness(trx, business);
    const device = await getDocument(trx, business, 'device', id);
    if (device) await putDocument(trx, business, { kind: 'device', id, data: { ...device, name } });
    return device !== null;
  });
  if (!done) return { ok: false, refusal: { kind: 'notFound' } };
  deps.live.moved(business, { members: [] });
  return { ok: true };
}

/** The owner has seen to it that two tablets do not share this till's identity any more. */
export async function settleCopies(deps: TillDeps, business: string, id: string): Promise<Done> {
  await deps.db.transaction().execute(async (trx) => {
    await lockBusiness(trx, business);
    const copies = (await listDocuments(trx, business, 'exception')).filter((one) => isCopy(one) && one.device === id);
    for (const one of copies) {
      await putDocument(trx, business, { kind: 'exception', id: one.id, data: { ...one, closed: true } });
    }
  });
  deps.live.moved(business, { members: [] });
  return { ok: true };
}
