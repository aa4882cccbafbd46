import type { OfficeBusiness, OfficeRefusal, SetupProgress } from '../../../protocol/office/officeApi.ts';
import type { BusinessSettings } from '../../../protocol/office/officeBodies.ts';
import { businessTagOf } from '../../../protocol/card/cardToken.ts';
import type { Business, OpeningHours } from '../../../protocol/documents.ts';
import { CURRENCIES } from '../../../protocol/office/officeRules.ts';
import type { Deps } from '../../deps.ts';
import { lockBusiness, readHead } from '../../store/businesses.ts';
import { getDocument, listDocuments, putDocument } from '../../store/documents.ts';

type Refused = { readonly ok: false; readonly refusal: OfficeRefusal };

/** Stores the settings; the first time it also makes the first shop, named like the business. */
export async function saveBusiness(
  deps: Pick<Deps, 'db' | 'random' | 'live' | 'config'>,
  business: string,
  settings: BusinessSettings,
): Promise<{ readonly ok: true } | Refused> {
  const refused = await deps.db.transaction().execute(async (trx): Promise<Refused | null> => {
    await lockBusiness(trx, business);
    const before = await getDocument(trx, business, 'business', business);
    const head = await readHead(trx, business);
    if (before && before.currency !== settings.currency && (head?.head ?? 0) > 0) {
      return { ok: false, refusal: { kind: 'currencyFixed' } };
    }
    const data: Business = {
      id: business,
      ...settings,
      scale: CURRENCIES[settings.currency] ?? 2,
      demo: deps.config.mode === 'demo',
      program: before?.program ?? '',
    };
    await putDocument(trx, business, { kind: 'business', id: business, data });
    if ((await listDocuments(trx, business, 'location')).length === 0) {
      const id = deps.random.id();
      await putDocument(trx, business, { kind: 'location', id, data: { id, name: settings.name } });
    }
    return null;
  });
  deps.live.moved(business, { members: [] });
  return refused ?? { ok: true };
}

/** What the settings page shows of a business. */
export async function readBusiness(deps: Pick<Deps, 'db' | 'config'>, business: string): Promise<OfficeBusiness> {
  const data = await getDocument(deps.db, business, 'business', business);
  const head = await readHead(deps.db, business);
  const origin = deps.config.publicUrl;
  return {
    id: business,
    settings: data && {
      name: data.name,
      currency: data.currency,
      timeZone: data.timeZone,
      cutOverHour: data.cutOverHour,
      languages: data.languages.filter((one) => one === 'en' || one === 'hu'),
      color: data.color,
      address: data.address,
    },
    currencyFixed: (head?.head ?? 0) > 0,
    locations: await listDocuments(deps.db, business, 'location'),
    joinUrl: `${origin}/c/join/${businessTagOf(business)}`,
    tillUrl: `${origin}/till/`,
  };
}

/** Adds a shop, or changes the one with the given id. `hours` left out: they stay as they are. */
export async function saveLocation(
  deps: Pick<Deps, 'db' | 'random' | 'live'>,
  business: string,
  id: string | null,
  name: string,
  hours?: OpeningHours | null,
): Promise<{ readonly ok: true; readonly id: string } | Refused> {
  const before = id === null ? null : await getDocument(deps.db, business, 'location', id);
  if (id !== null && !before) return { ok: false, refusal: { kind: 'notFound' } };
  const key = id ?? deps.random.id();
  const kept = hours === undefined ? before?.hours : hours;
  const data = { id: key, name, ...(kept ? { hours: kept } : {}) };
  await putDocument(deps.db, business, { kind: 'location', id: key, data });
  deps.live.moved(business, { members: [] });
  return { ok: true, id: key };
}

/** Which steps of the first set-up are done, from what is stored; `null` once the owner has finished it. */
export async function readSetup(deps: Pick<Deps, 'db'>, business: string): Promise<SetupProgress | null> {
  const row = await deps.db
    .selectFrom('office_setups')
    .select('finished_at')
    .where('business', '=', business)
    .executeTakeFirst();
  if (!row || row.finished_at !== null) return null;
  const data = await getDocument(deps.db, business, 'business', business);
  return {
    business: data !== null,
    program: data !== null && data.program !== '',
    staff: (await listDocuments(deps.db, business, 'staff')).some((one) => one.active),
    till: (await listDocuments(deps.db, business, 'device')).some((one) => !one.revoked),
  };
}

/** The owner is through with the first steps; they are not shown again. */
export async function finishSetup(deps: Pick<Deps, 'db' | 'clock'>, business: string): Promise<void> {
  await deps.db
    .updateTable('office_setups')
    .set({ finished_at: deps.clock.now() })
    .where('business', '=', business)
    .execute();
}
