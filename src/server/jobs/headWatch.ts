import type { Kysely } from 'kysely';
import type { Deps } from '../deps.ts';
import { acrossBusinesses, forBusiness } from '../store/connection/context.ts';
import { epochMayHaveChanged } from '../store/epoch.ts';
import type { Schema } from '../store/schema.ts';

const EVERY_MS = 200;
/** Businesses that are asked for in one statement. */
const AT_ONCE = 5000;

interface Seen {
  readonly head: number;
  readonly rev: number;
}

/** What `/metrics` says of it. */
export interface HeadWatch {
  readonly stop: () => void;
  /** Milliseconds since the heads were last seen; hints about other processes' commits are this late. */
  readonly lag: () => number;
}

/**
 * Notices what other server processes have committed: asks five times a second, with one statement, how far the businesses
 * are that somebody listens to here, and passes on what has moved. No channel between the processes, so nothing that a
 * restart, a pooler or a failover could cut without anybody noticing.
 */
export function startHeadWatch({ db, live, clock, log }: Pick<Deps, 'db' | 'live' | 'clock' | 'log'>): HeadWatch {
  const seen = new Map<string, Seen>();
  let lookedAt = clock.now();
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  const look = async () => {
    const listening = live.businesses();
    for (const business of seen.keys()) if (!listening.includes(business)) seen.delete(business);
    for (let at = 0; at < listening.length; at += AT_ONCE) {
      const rows = await readHeads(db, listening.slice(at, at + AT_ONCE));
      for (const { business, head, rev, epoch } of rows) {
        const before = seen.get(business);
        seen.set(business, { head, rev });
        const another = epochMayHaveChanged(db, epoch);
        if (!before || another || before.head !== head || before.rev !== rev) {
          // At the first look something may have been committed since the listener came.
          live.moved(business, { members: !before || another ? [] : await concerned(db, business, before) });
        }
      }
    }
    lookedAt = clock.now();
  };
  const round = async () => {
    try {
      await look();
    } catch (error) {
      log.warn({ err: error }, 'the heads of the ledgers cannot be read');
    }
    if (!stopped) timer = setTimeout(() => void round(), EVERY_MS).unref();
  };
  void round();
  return {
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
    lag: () => Math.max(0, clock.now() - lookedAt),
  };
}

function readHeads(db: Kysely<Schema>, businesses: readonly string[]) {
  return acrossBusinesses(() =>
    db
      .selectFrom('businesses')
      .select(['business', 'head', 'rev'])
      .select((eb) => eb.selectFrom('server_meta').select('value').where('key', '=', 'epoch').as('epoch'))
      .where('business', 'in', businesses)
      .execute(),
  );
}

/** Whose cards have changed since; empty: possibly everybody's, since the shop itself did. */
async function concerned(db: Kysely<Schema>, business: string, since: Seen): Promise<string[]> {
  return forBusiness(business, async () => {
    const shop = await db
      .selectFrom('documents')
      .select('id')
      .where('business', '=', business)
      .where('rev', '>', since.rev)
      .where('kind', 'in', ['business', 'program', 'location'])
      .limit(1)
      .executeTakeFirst();
    if (shop) return [];
    const events = await db
      .selectFrom('events')
      .select('member')
      .distinct()
      .where('business', '=', business)
      .where('gseq', '>', since.head)
      .where('member', 'is not', null)
      .execute();
    const profiles = await db
      .selectFrom('profiles')
      .select('member')
      .where('business', '=', business)
      .where('rev', '>', since.rev)
      .execute();
    return [...events, ...profiles].flatMap(({ member }) => (member === null ? [] : [member]));
  });
}
