import type { OwnLedger } from '../ledger/ownLedger.ts';
import type { Documents } from '../members/documents.ts';
import type { Known, Members } from '../members/members.ts';
import type { CacheDb } from '../store/cacheDb.ts';
import type { Customer, CustomerCredential, Identification } from '../till.ts';

type No = Extract<Identification, { ok: false }>;

/** What finding a member needs of the till. */
export interface IdentifyParts {
  readonly cacheDb: CacheDb;
  readonly own: OwnLedger;
  readonly members: Members;
  readonly documents: Documents;
  readonly customerOf: (known: Known, credential: CustomerCredential | null) => Customer;
  /** The server's time as known here, and whether the clock was ever measured. */
  readonly time: () => { readonly now: number; readonly sure: boolean };
}

/** A member, unless it was erased or the card that was shown is blocked. */
export function found(parts: IdentifyParts, known: Known, credential: CustomerCredential): Identification {
  if (known.erased) return no('erased', null);
  const document = known.credentials.find((each) => each.id === credential.id);
  if (document?.revoked === true || known.state.credentials[credential.id]?.revoked === true)
    return no('revoked', null);
  return { ok: true, customer: parts.customerOf(known, credential) };
}

/** Nobody was found, and why; `looksLike` names a foreign code where it can be told. */
export function no(reason: No['reason'], looksLike: No['looksLike']): No {
  return { ok: false, reason, looksLike };
}
