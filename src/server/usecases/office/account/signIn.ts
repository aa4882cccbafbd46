import type { OfficeRefusal } from '../../../../protocol/office/officeApi.ts';
import type { Deps } from '../../../deps.ts';
import { findAccount, findAccountByEmail, writePassword } from '../../../store/accounts.ts';
import { hashPassword, verifyAgainstNobody, verifyPassword } from './password.ts';
import type { Session } from './sessions.ts';
import { countTry, forgive } from './throttle.ts';
import type { TryKey } from './throttle.ts';

type Who = { readonly business: string; readonly account: string };
type Refused = { readonly ok: false; readonly refusal: OfficeRefusal };

/** Checks a login. A wrong address and a wrong password look and last the same. */
export async function signIn(
  deps: Pick<Deps, 'db' | 'clock'>,
  login: { readonly email: string; readonly password: string },
  address: string,
): Promise<({ readonly ok: true } & Who) | Refused> {
  const keys: TryKey[] = [
    { kind: 'account', value: login.email },
    { kind: 'address', value: address },
  ];
  const wait = await countTry(deps, keys);
  if (wait > 0) return { ok: false, refusal: { kind: 'wait', seconds: Math.ceil(wait / 1000) } };
  const found = await findAccountByEmail(deps.db, login.email);
  const right = found
    ? await verifyPassword(login.password, found.password)
    : await verifyAgainstNobody(login.password);
  if (!found || !right) return { ok: false, refusal: { kind: 'wrongLogin' } };
  await forgive(deps, keys);
  return { ok: true, business: found.business, account: found.account };
}

/** Sets a new password after the old one was given once more. */
export async function changePassword(
  deps: Pick<Deps, 'db' | 'clock'>,
  session: Session,
  { current, next }: { readonly current: string; readonly next: string },
): Promise<{ readonly ok: true } | Refused> {
  const keys: TryKey[] = [{ kind: 'account', value: session.account }];
  const wait = await countTry(deps, keys);
  if (wait > 0) return { ok: false, refusal: { kind: 'wait', seconds: Math.ceil(wait / 1000) } };
  const account = await findAccount(deps.db, session.business, session.account);
  if (!account || !(await verifyPassword(current, account.password))) {
    return { ok: false, refusal: { kind: 'wrongLogin' } };
  }
  await forgive(deps, keys);
  await writePassword(deps.db, session.business, session.account, await hashPassword(next));
  return { ok: true };
}
