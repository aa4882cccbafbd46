import type { Kysely } from 'kysely';
import type { Deps } from '../../../deps.ts';
import { hasAccounts, insertAccount } from '../../../store/accounts.ts';
import { ensureBusiness } from '../../../store/businesses.ts';
import { forBusiness } from '../../../store/connection/context.ts';
import type { Schema } from '../../../store/schema.ts';
import { hashPassword } from './password.ts';
import { hashToken } from '../../tokens.ts';

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
  const business = deps.random.id();
  if (await hasAccounts(deps.db)) return { ok: false, refusal: { kind: 'setupDone' } };
  const create = async (trx: Kysely<Schema>): Promise<OwnerResult> => {
    // Taking the link away comes first: of two that race with it, one finds nothing to take.
    const used = await trx
      .deleteFrom('setup_links')
      .where('hash', '=', hashToken(token))
      .where('expires_at', '>', now)
      .executeTakeFirst();
    if (used.numDeletedRows === 0n) return { ok: false, refusal: { kind: 'setupLink' } };
    if (!(await isFirst(trx, business))) return { ok: false, refusal: { kind: 'setupDone' } };
    const account = deps.random.id();
    await ensureBusiness(trx, business);
    await insertAccount(trx, { business, account, name, email, password: hashed, created_at: now });
    await trx.insertInto('office_setups').values({ business, finished_at: null }).execute();
    return { ok: true, business, account };
  };
  return forBusiness(business, () => deps.db.transaction().execute(create));
}

/** Of two owners who are made at once, with two links of two server processes, one is first. */
async function isFirst(trx: Kysely<Schema>, business: string): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('server_meta')
    .values({ key: 'first_business', value: business })
    .onConflict((c) => c.column('key').doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}
