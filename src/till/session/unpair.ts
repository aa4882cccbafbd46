import type { Staff } from '../../protocol/documents.ts';
import { RECORDED_RUNS } from '../../protocol/sync.ts';
import type { OwnLedger } from '../ledger/ownLedger.ts';
import type { TillPorts } from '../ports.ts';
import { checkPin } from '../staff/pins.ts';
import type { UnpairOutcome } from '../till.ts';
import type { Stores } from '../tillParts.ts';
import { forgetPairing } from './forgetPairing.ts';
import type { Opened } from './opened.ts';

/** The last rows that something holds. */
export interface Rows {
  readonly n: number;
  readonly patchN: number;
}

interface UnpairParts {
  readonly ports: TillPorts;
  readonly stores: Stores;
  readonly opened: Opened;
  readonly people: readonly Staff[];
  /** What a file holds that was given out. */
  readonly exported: Rows | null;
  /** Called as soon as nothing is left here: other tabs must not record in the till's name any more. */
  readonly forgot: () => void;
}

/** Whether a file holds everything that was recorded so far. */
export function isExported(own: OwnLedger, exported: Rows | null): boolean {
  return exported !== null && exported.n >= (own.head?.n ?? 0) && exported.patchN >= (own.head?.patchN ?? 0);
}

/**
 * Removes this till from the shop: asks for a manager's PIN, tells the server where it can, and wipes. `interrupted`: another
 * tab has recorded in between, and the sync, which was ended for good, must be begun again.
 */
export async function unpair(
  { ports, stores, opened, people, exported, forgot }: UnpairParts,
  pin: string,
): Promise<UnpairOutcome | { readonly ok: false; readonly reason: 'interrupted' }> {
  const { ledgerDb, own } = stores;
  const managers = people.filter((person) => person.role !== 'staff');
  // A shop where nobody is a manager has nobody else to ask.
  const asked = managers.length > 0 ? managers : people;
  const approved = await checkPin(ledgerDb, ports.now(), 'approval', asked, pin);
  if (!approved.ok) return approved;
  await own.catchUp();
  const unsent = own.unsent();
  const head = { n: own.head?.n ?? 0, patchN: own.head?.patchN ?? 0 };
  if (unsent.events + unsent.patches > 0 && !isExported(own, exported)) return { ok: false, reason: 'unsent' };
  // Without a network the office shows a till that has gone silent, and can revoke it.
  const recorded = own.recorded(RECORDED_RUNS);
  const told = await opened.end(approved.staff);
  const forgotten = await forgetPairing(ports, stores, head);
  if (forgotten) forgot();
  // What only a file holds may have used shares of limits: those stay where they are.
  if (forgotten && told && unsent.events === 0) await opened.wiped(approved.staff, recorded);
  return forgotten ? { ok: true } : { ok: false, reason: 'interrupted' };
}
