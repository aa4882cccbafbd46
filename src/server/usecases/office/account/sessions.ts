import type { Instant } from '../../../../loyalty/basics.ts';
import type { Deps } from '../../../deps.ts';
import { byKey, forBusiness } from '../../../store/connection/context.ts';
import type { OfficeSession } from '../../../../protocol/office/officeApi.ts';
import { hashToken, newToken } from '../../tokens.ts';

const IDLE_MS = 12 * 60 * 60_000;
const ABSOLUTE_MS = 30 * 24 * 60 * 60_000;
/** `seen_at` is only as exact as this, so that reading pages does not write each time. */
const TOUCH_MS = 60_000;

export interface Session {
  readonly hash: string;
  readonly business: string;
  readonly account: string;
}

/** Starts a session and gives its token, which only the browser's cookie will know. */
export async function startSession(
  deps: Pick<Deps, 'db' | 'clock' | 'random'>,
  who: { readonly business: string; readonly account: string },
  browser: string,
): Promise<string> {
  const token = newToken(deps.random);
  const now = deps.clock.now();
  const begin = deps.db
    .insertInto('office_sessions')
    .values({ hash: hashToken(token), ...who, created_at: now, seen_at: now, browser: browser.slice(0, 200) });
  const forget = deps.db
    .deleteFrom('office_sessions')
    .where('business', '=', who.business)
    .where((eb) => eb.or([eb('seen_at', '<=', now - IDLE_MS), eb('created_at', '<=', now - ABSOLUTE_MS)]));
  await forBusiness(who.business, async () => {
    await forget.execute();
    await begin.execute();
  });
  return token;
}

/** The live session of a token, or `null`: unknown, ended, idle for 12 hours, or older than 30 days. */
export async function readSession(deps: Pick<Deps, 'db' | 'clock'>, token: string): Promise<Session | null> {
  const now = deps.clock.now();
  const hash = hashToken(token);
  const row = await byKey(hash, () =>
    deps.db.selectFrom('office_sessions').selectAll().where('hash', '=', hash).executeTakeFirst(),
  );
  if (!row || !isLive(row, now)) return null;
  if (now - row.seen_at >= TOUCH_MS) {
    const touch = deps.db.updateTable('office_sessions').set({ seen_at: now }).where('hash', '=', hash);
    await forBusiness(row.business, () => touch.execute());
  }
  return { hash: row.hash, business: row.business, account: row.account };
}

function isLive(row: { readonly created_at: Instant; readonly seen_at: Instant }, now: Instant): boolean {
  return row.seen_at > now - IDLE_MS && row.created_at > now - ABSOLUTE_MS;
}

/** Signs one browser out. */
export async function endSession(deps: Pick<Deps, 'db'>, session: Session): Promise<void> {
  await deps.db.deleteFrom('office_sessions').where('hash', '=', session.hash).execute();
}

/** Signs the account out everywhere but here. */
export async function endOtherSessions(deps: Pick<Deps, 'db'>, session: Session): Promise<void> {
  await deps.db
    .deleteFrom('office_sessions')
    .where('business', '=', session.business)
    .where('account', '=', session.account)
    .where('hash', '!=', session.hash)
    .execute();
}

/** Where the account is signed in, newest first. */
export async function listSessions(deps: Pick<Deps, 'db' | 'clock'>, session: Session): Promise<OfficeSession[]> {
  const now = deps.clock.now();
  const rows = await deps.db
    .selectFrom('office_sessions')
    .selectAll()
    .where('business', '=', session.business)
    .where('account', '=', session.account)
    .orderBy('seen_at', 'desc')
    .execute();
  return rows
    .filter((row) => isLive(row, now))
    .map((row) => ({
      // Enough of the hash to tell them apart; the hash itself stays here.
      id: row.hash.slice(0, 12),
      current: row.hash === session.hash,
      startedAt: row.created_at,
      lastSeenAt: row.seen_at,
      browser: row.browser,
    }));
}
