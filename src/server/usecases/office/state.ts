import type { OfficeState } from '../../../protocol/office/officeApi.ts';
import { DEMO_OWNER } from '../../demo/access.ts';
import type { Deps } from '../../deps.ts';
import { findAccount, hasAccounts } from '../../store/accounts.ts';
import { listBusinesses } from '../../store/businesses.ts';
import { forBusiness } from '../../store/connection/context.ts';
import { getDocument } from '../../store/documents.ts';
import { readSetup } from './business.ts';
import type { Session } from './account/sessions.ts';

/** Where the app begins: for strangers only whether there is an owner, and whose place this is. */
export async function readState(deps: Pick<Deps, 'db' | 'config'>, session: Session | null): Promise<OfficeState> {
  const demoLogin = deps.config.mode === 'demo' ? { email: DEMO_OWNER.email, password: DEMO_OWNER.password } : null;
  if (session) return forBusiness(session.business, () => signedIn(session));
  if (!(await hasAccounts(deps.db))) {
    return { phase: 'needsOwner', business: null, demoLogin: null, me: null, setup: null };
  }
  const [only, ...others] = await listBusinesses(deps.db);
  const business = only !== undefined && others.length === 0 ? await forBusiness(only, () => faceOf(deps, only)) : null;
  return { phase: 'signedOut', business, demoLogin, me: null, setup: null };

  async function signedIn(who: Session): Promise<OfficeState> {
    const account = await findAccount(deps.db, who.business, who.account);
    return {
      phase: 'signedIn',
      business: await faceOf(deps, who.business),
      demoLogin,
      me: account && { name: account.name, email: account.email },
      setup: await readSetup(deps, who.business),
    };
  }
}

async function faceOf(deps: Pick<Deps, 'db'>, business: string): Promise<OfficeState['business']> {
  const data = await getDocument(deps.db, business, 'business', business);
  return data && { name: data.name, color: data.color, languages: data.languages, demo: data.demo };
}
