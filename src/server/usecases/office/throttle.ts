import type { Deps } from '../../deps.ts';

const WINDOW_MS = 15 * 60_000;
const FIRST_WAIT_MS = 30_000;

/** Failures that are free within the window; one address may stand for a whole shop behind one router. */
const FREE = { account: 5, address: 20 } as const;

export interface TryKey {
  readonly kind: keyof typeof FREE;
  readonly value: string;
}

/** How long, in ms, until somebody may try again; 0: now. The longest wait of the keys counts. */
export async function waitBefore(deps: Pick<Deps, 'db' | 'clock'>, keys: readonly TryKey[]): Promise<number> {
  const now = deps.clock.now();
  const rows = await deps.db
    .selectFrom('sign_in_tries')
    .select('blocked_until')
    .where('key', 'in', keys.map(keyText))
    .execute();
  return Math.max(0, ...rows.map((row) => row.blocked_until - now));
}

/** Counts a failure. From the last free one on each doubles the wait: 30 s, 1 min, 2 min ... 15 min. */
export async function countFailure(deps: Pick<Deps, 'db' | 'clock'>, keys: readonly TryKey[]): Promise<void> {
  const now = deps.clock.now();
  await deps.db.transaction().execute(async (trx) => {
    await trx
      .deleteFrom('sign_in_tries')
      .where('since', '<=', now - WINDOW_MS)
      .where('blocked_until', '<=', now)
      .execute();
    for (const key of keys) {
      const { failures } = await trx
        .insertInto('sign_in_tries')
        .values({ key: keyText(key), failures: 1, since: now, blocked_until: 0 })
        .onConflict((c) => c.column('key').doUpdateSet((eb) => ({ failures: eb('sign_in_tries.failures', '+', 1) })))
        .returning('failures')
        .executeTakeFirstOrThrow();
      const over = failures - FREE[key.kind];
      if (over < 0) continue;
      const wait = Math.min(WINDOW_MS, FIRST_WAIT_MS * 2 ** over);
      await trx
        .updateTable('sign_in_tries')
        .set({ blocked_until: now + wait, since: now })
        .where('key', '=', keyText(key))
        .execute();
    }
  });
}

/** The right password clears the account; the address keeps its count, or one own account would buy endless tries. */
export async function clearFailures(deps: Pick<Deps, 'db'>, key: TryKey): Promise<void> {
  await deps.db.deleteFrom('sign_in_tries').where('key', '=', keyText(key)).execute();
}

const keyText = ({ kind, value }: TryKey) => `${kind}:${value}`;
