import type { Kysely } from 'kysely';
import type { Day } from '../../loyalty/basics.ts';
import { isPoolForgotten, type SharePool } from '../../loyalty/limits/shares.ts';
import { dayOf } from '../../protocol/day.ts';
import { type Refold, sameState } from '../ledger/batch/refold.ts';
import { getDocument, putDocument } from '../store/documents.ts';
import { poolsSince } from '../store/pools.ts';
import type { Schema } from '../store/schema.ts';

/** What a check found of the pools of shares. */
export interface PoolCheck {
  /** Pools whose windows still count. */
  readonly pools: number;
  /** Names of those that are not what the ledger says. */
  readonly differing: readonly string[];
}

/**
 * Compares the counted pools of shares with what the ledger has granted, used and released, within a transaction that holds
 * the lock of the business and has folded all of its ledger. One that is mended gets a new `rev`, so that tills learn of it.
 * Windows that are over for long are counted in the ledger alone.
 */
export async function comparePools(
  trx: Kysely<Schema>,
  business: string,
  refold: Refold,
  { now, repair }: { readonly now: number; readonly repair: boolean },
): Promise<PoolCheck> {
  const shop = await getDocument(trx, business, 'business', business);
  if (!shop) return { pools: 0, differing: [] };
  const today = dayOf(now, shop.timeZone, shop.cutOverHour);
  const here = new Map((await poolsSince(trx, business, 0)).map(({ id, data }) => [id, data as SharePool]));
  const names = new Set([...here.keys(), ...refold.pools().keys()].filter((id) => isCounted(id, today)));
  const differing: string[] = [];
  for (const id of names) {
    const right: SharePool = refold.pools().get(id) ?? { id, accounts: {} };
    const found = here.get(id);
    if (found && sameState(found, right)) continue;
    differing.push(id);
    if (repair) await putDocument(trx, business, { kind: 'shares', id, data: right });
  }
  return { pools: names.size, differing: differing.sort() };
}

function isCounted(pool: string, today: Day): boolean {
  return !isPoolForgotten(pool, today);
}
