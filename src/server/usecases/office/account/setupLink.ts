import type { Instant } from '../../../../loyalty/basics.ts';
import type { Deps } from '../../../deps.ts';
import { hasAccounts } from '../../../store/accounts.ts';
import { hashToken, newToken } from '../../tokens.ts';

const VALID_MS = 24 * 60 * 60_000;
/** Server processes that start together each print a link, and each link works. */
const TOGETHER_MS = 60_000;

/**
 * The one-time link for the very first owner, or `null` where there is one already. Called at each start; a new link ends
 * those before it. The token stands in the fragment, which browsers never send, so no log ever has it.
 */
export async function createSetupLink(deps: Pick<Deps, 'db' | 'clock' | 'random' | 'config'>): Promise<string | null> {
  if (await hasAccounts(deps.db)) return null;
  const token = newToken(deps.random);
  const now = deps.clock.now();
  await deps.db.transaction().execute(async (trx) => {
    await trx
      .deleteFrom('setup_links')
      .where('expires_at', '<', now + VALID_MS - TOGETHER_MS)
      .execute();
    await trx
      .insertInto('setup_links')
      .values({ hash: hashToken(token), expires_at: now + VALID_MS })
      .execute();
  });
  return `${deps.config.publicUrl}/office/setup#${token}`;
}

/** Whether a link can still be used; asking does not use it up. */
export async function isSetupToken(deps: Pick<Deps, 'db'>, token: string, now: Instant): Promise<boolean> {
  const row = await deps.db
    .selectFrom('setup_links')
    .select('expires_at')
    .where('hash', '=', hashToken(token))
    .executeTakeFirst();
  return row !== undefined && row.expires_at > now;
}
