import type { Deps } from '../../../deps.ts';

const WINDOW_MS = 15 * 60_000;
const FIRST_WAIT_MS = 30_000;
const FORGOTTEN_MS = 24 * 3_600_000;

/** Failures that are free within the window; one address may stand for a whole shop behind one router. */
const FREE = { account: 5, address: 20 } as const;

export interface TryKey {
  readonly kind: keyof typeof FREE;
  readonly value: string;
}

/**
 * Counts a try as a failure before it is judged, so that many at once are no way around it; what turns out right is taken back
 * with `forgive`. From the last free one on each doubles the wait: 30 s, 1 min, 2 min ... 15 min. One that must wait is not
 * counted.
 * @returns how long, in ms, until somebody may try; 0: now. The longest wait of the keys counts.
 */
export async function countTry(deps: Pick<Deps, 'db' | 'clock'>, keys: readonly TryKey[]): Promise<number> {
  const now = deps.clock.now();
  // Long outdated, so that nobody is at them at this moment.
  await deps.db
    .deleteFrom('sign_in_tries')
    .where('since', '<=', now - FORGOTTEN_MS)
    .where('blocked_until', '<=', now - FORGOTTEN_MS)
    .execute();
  return deps.db.transaction().execute(async (trx) => {
    const counted: { readonly key: TryKey; readonly failures: number; readonly since: number }[] = [];
    let wait = 0;
    for (const key of keys) {
      // Writing the row locks it: of tries at the same time each sees those before it.
      const row = await trx
        .insertInto('sign_in_tries')
        .values({ key: keyText(key), failures: 0, since: now, blocked_until: 0 })
        .onConflict((c) => c.column('key').doUpdateSet((eb) => ({ failures: eb.ref('sign_in_tries.failures') })))
        .returning(['failures', 'since', 'blocked_until'])
        .executeTakeFirstOrThrow();
      const isOver = row.since <= now - WINDOW_MS && row.blocked_until <= now;
      counted.push({ key, failures: isOver ? 1 : row.failures + 1, since: isOver ? now : row.since });
      wait = Math.max(wait, row.blocked_until - now);
    }
    if (wait > 0) return wait;
    for (const { key, failures, since } of counted) {
      const over = failures - FREE[key.kind];
      const blocked_until = over < 0 ? 0 : now + Math.min(WINDOW_MS, FIRST_WAIT_MS * 2 ** over);
      await trx
        .updateTable('sign_in_tries')
        .set({ failures, since: over < 0 ? since : now, blocked_until })
        .where('key', '=', keyText(key))
        .execute();
    }
    return 0;
  });
}

/**
 * A try was right. It clears the account; the address keeps what was wrong before, or one own account would buy endless tries
 * at others.
 */
export async function forgive(deps: Pick<Deps, 'db'>, keys: readonly TryKey[]): Promise<void> {
  for (const key of keys) {
    if (key.kind === 'account') {
      await deps.db.deleteFrom('sign_in_tries').where('key', '=', keyText(key)).execute();
    } else {
      // Only who need not wait gets here, so what blocks is this very try.
      await deps.db
        .updateTable('sign_in_tries')
        .set((eb) => ({ failures: eb('failures', '-', 1), blocked_until: 0 }))
        .where('key', '=', keyText(key))
        .where('failures', '>', 0)
        .execute();
    }
  }
}

const keyText = ({ kind, value }: TryKey) => `${kind}:${value}`;
