import type { Deps } from '../../deps.ts';
import { hasAccounts, insertAccount } from '../../store/accounts.ts';
import { ensureBusiness } from '../../store/businesses.ts';
import { hashPassword } from './password.ts';
import { hashToken } from './tokens.ts';

export interface NewOwner {
  readonly token: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

export type OwnerResult =
  | { readonly ok: true; readonly business: string; readonly account: string }
  | { readonly ok: false; readonly refusal: { readonly kind: 'setupLink' | 'setupDone' } };

/** Makes the first owner and the (still nameless) business, and uses the set-up link up, all or nothing. */
export async function createOwner(
  deps: Pick<Deps, 'db' | 'clock' | 'random'>,
  { token, name, email, password }: NewOwner,
): Promise<OwnerResult> {
  const now = deps.clock.now();
  const hashed = await hashPassword(password);
  return deps.db.transaction().execute(async (trx): Promise<OwnerResult> => {
    // Taking the link away comes first: of two that race with it, one finds nothing to take.
    const used = await trx
      .deleteFrom('setup_links')
      .where('hash', '=', hashToken(token))
      .where('expires_at', '>', now)
      .executeTakeFirst();
    if (used.numDeletedRows === 0n) return { ok: false, refusal: { kind: 'setupLink' } };
    if (await hasAccounts(trx)) return { ok: false, refusal: { kind: 'setupDone' } };
    const business = deps.random.id();
    const account = deps.random.id();
    await ensureBusiness(trx, business);
    await insertAccount(trx, { business, account, name, email, password: hashed, created_at: now });
    await trx.insertInto('office_setups').values({ business, finished_at: null }).execute();
    return { ok: true, business, account };
  });
}
