import type { Staff } from '../../../protocol/documents.ts';
import type { OfficeRefusal } from '../../../protocol/office/officeApi.ts';
import type { StaffRole } from '../../../protocol/office/officeRules.ts';
import { PIN_DIGITS } from '../../../protocol/office/officeRules.ts';
import type { Deps } from '../../deps.ts';
import { lockBusiness } from '../../store/businesses.ts';
import { getDocument, listDocuments, putDocument } from '../../store/documents.ts';
import { checkPin, pinVerifier } from './pin.ts';

type Parts = Pick<Deps, 'db' | 'random' | 'live'>;
type Outcome = { readonly ok: true; readonly id: string } | { readonly ok: false; readonly refusal: OfficeRefusal };

export interface StaffChange {
  readonly name?: string | undefined;
  readonly role?: StaffRole | undefined;
  readonly active?: boolean | undefined;
  readonly pin?: string | undefined;
}

/** Adds a person whom every till knows after its next sync. Refused where the PIN is obvious, too short, or taken. */
export async function addStaff(
  deps: Parts,
  business: string,
  { name, role, pin }: { readonly name: string; readonly role: StaffRole; readonly pin: string },
): Promise<Outcome> {
  const checked = await checkPin(pin, role, await listDocuments(deps.db, business, 'staff'));
  if (!checked.ok) return { ok: false, refusal: { kind: 'pin', problem: checked.problem } };
  const id = deps.random.id();
  await put(deps, business, { id, name, role, active: true, pin: await pinVerifier(pin) });
  return { ok: true, id };
}

/**
 * Changes what is given. Whoever gets a role with a longer PIN, or comes back, needs a new PIN with it: nobody knows
 * whether the old one is still free, since only its verifier is stored.
 */
export async function changeStaff(deps: Parts, business: string, id: string, change: StaffChange): Promise<Outcome> {
  const all = await listDocuments(deps.db, business, 'staff');
  const before = await getDocument(deps.db, business, 'staff', id);
  if (!before) return { ok: false, refusal: { kind: 'notFound' } };
  const role = change.role ?? before.role;
  const active = change.active ?? before.active;
  if (before.role === 'owner' && before.active && !(role === 'owner' && active) && !hasOtherOwner(all, id)) {
    return { ok: false, refusal: { kind: 'lastOwner' } };
  }
  let { pin } = before;
  if (change.pin !== undefined) {
    const others = all.filter((one) => one.id !== id);
    const checked = await checkPin(change.pin, role, others);
    if (!checked.ok) return { ok: false, refusal: { kind: 'pin', problem: checked.problem } };
    pin = await pinVerifier(change.pin);
  } else if (PIN_DIGITS[role] !== PIN_DIGITS[before.role] || (active && !before.active)) {
    return { ok: false, refusal: { kind: 'pin', problem: 'length' } };
  }
  const data = { id, name: change.name ?? before.name, role, active, pin };
  const kept = await deps.db.transaction().execute(async (trx) => {
    // Of two owners who step down at the same moment, one stays.
    await lockBusiness(trx, business);
    const now = await listDocuments(trx, business, 'staff');
    const owns = now.some((one) => one.id === id && one.role === 'owner' && one.active);
    if (owns && !(role === 'owner' && active) && !hasOtherOwner(now, id)) return false;
    await putDocument(trx, business, { kind: 'staff', id, data });
    return true;
  });
  if (!kept) return { ok: false, refusal: { kind: 'lastOwner' } };
  deps.live.moved(business, { members: [] });
  return { ok: true, id };
}

async function put(deps: Parts, business: string, data: Staff): Promise<void> {
  await putDocument(deps.db, business, { kind: 'staff', id: data.id, data });
  deps.live.moved(business, { members: [] });
}

const hasOtherOwner = (all: readonly Staff[], id: string) =>
  all.some((one) => one.id !== id && one.role === 'owner' && one.active);
