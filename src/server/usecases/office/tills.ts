import type { OfficeRefusal, OfficeTill } from '../../../protocol/office.ts';
import type { DeviceHealth } from '../../../protocol/sync.ts';
import type { Deps } from '../../deps.ts';
import { getDocument, listDocuments, putDocument } from '../../store/documents.ts';

/** The tills of a shop with what is known of their health, those in use first. */
export async function listTills(deps: Pick<Deps, 'db'>, business: string): Promise<OfficeTill[]> {
  const devices = await listDocuments(deps.db, business, 'device');
  const rows = await deps.db
    .selectFrom('devices')
    .select(['device', 'seen_at', 'health'])
    .where('business', '=', business)
    .execute();
  const known = new Map(rows.map((row) => [row.device, row]));
  return devices
    .map((device): OfficeTill => {
      const row = known.get(device.id);
      const health = row?.health ? (JSON.parse(row.health) as DeviceHealth) : null;
      return {
        ...device,
        lastSeenAt: row?.seen_at ?? null,
        unsent: health?.unsent ?? 0,
        oldestUnsentAt: health?.oldestUnsentAt ?? null,
        build: health?.build ?? null,
        persisted: health?.persisted ?? null,
      };
    })
    .sort(
      (a, b) => Number(a.revoked) - Number(b.revoked) || a.name.localeCompare(b.name, undefined, { numeric: true }),
    );
}

export async function renameTill(
  deps: Pick<Deps, 'db' | 'live'>,
  business: string,
  id: string,
  name: string,
): Promise<{ readonly ok: true } | { readonly ok: false; readonly refusal: OfficeRefusal }> {
  const device = await getDocument(deps.db, business, 'device', id);
  if (!device) return { ok: false, refusal: { kind: 'notFound' } };
  await putDocument(deps.db, business, { kind: 'device', id, data: { ...device, name } });
  deps.live.moved(business, { members: [] });
  return { ok: true };
}
