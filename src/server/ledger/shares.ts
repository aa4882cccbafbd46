import type { Effect } from '../../loyalty/effects.ts';
import { effectsOf } from '../../loyalty/effectsOf.ts';
import { emptyState } from '../../loyalty/emptyState.ts';
import { rewardKey } from '../../loyalty/limits/limits.ts';
import type { Program } from '../../loyalty/program.ts';
import {
  accountOf,
  foldShare,
  isPoolForgotten,
  leftOf,
  limitName,
  readPool,
  readShare,
  type ShareEffect,
  shareOf,
  type SharePool,
} from '../../loyalty/limits/shares.ts';
import { sharedLimits } from '../../loyalty/limits/sharesLeft.ts';
import { shareEffects, sharesIn } from '../../loyalty/limits/shareUse.ts';
import { dayOf } from '../../protocol/day.ts';
import type { Event } from '../../protocol/event.ts';
import { type Batch, changeDocument, type TargetEntry } from './batch/batch.ts';
import type { Booking } from './booking.ts';

/** The pools that events can change: those they name, and those that what they reverse has used. */
export function poolsIn(events: readonly Event[], targets: Iterable<Pick<TargetEntry, 'effects'>>): Set<string> {
  const pools = new Set<string>();
  for (const { fact } of events) {
    if (fact.kind === 'shareGranted') pools.add(fact.pool);
    if (fact.kind === 'shareReleased') pools.add(readShare(fact.share).pool);
    for (const share of sharesIn(fact)) pools.add(readShare(share).pool);
  }
  for (const { effects } of targets) for (const { share } of shareEffects(effects)) pools.add(readShare(share).pool);
  return pools;
}

/** What an event does that concerns shares alone, and nobody's balance. */
export function effectsOnShares({ programs, shop }: Batch, event: Event, day: string): readonly Effect[] {
  const { fact } = event;
  // They are the same under every program.
  const program = programs.get(event.program) ?? programs.get(shop.program);
  if (!program || (fact.kind !== 'shareGranted' && fact.kind !== 'shareReleased')) return [];
  const profile = { birthday: null, nameDay: null, leapDay: '02-28' } as const;
  return effectsOf(program, emptyState(), fact, { event: event.id, day, profile, target: null, other: null }).effects;
}

/**
 * Nobody uses or releases another's share: what a till says it took counts at its own account, whatever it named, and what it
 * gives up of another's is nothing. What a void gives back goes where it was taken.
 */
export function atOwnAccount({ device, fact }: Event, effects: readonly Effect[]): readonly Effect[] {
  if (!effects.some((effect) => effect.kind === 'share')) return effects;
  return effects.flatMap((effect): readonly Effect[] => {
    if (effect.kind !== 'share') return [effect];
    const share = readShare(effect.share);
    const window = readPool(share.pool);
    if (window === null) return [];
    if (effect.move === 'used') return [{ ...effect, share: shareOf(share.pool, device) }];
    if (effect.move !== 'released') return [effect];
    // The server releases for tills that are gone.
    const isOwn = share.device === device || device === 'server';
    return fact.kind === 'shareReleased' && isOwn && window.per === 'business' ? [effect] : [];
  });
}

/** Throws where an effect, as an event of an unknown program tells it, names a pool that the event itself does not. */
export function checkPools(batch: Batch, effects: readonly Effect[]): void {
  for (const effect of shareEffects(effects)) poolIn(batch, effect);
}

/** Folds what was booked into the pools. Throws where a pool was not loaded, which is a bug. */
export function bookShares(batch: Batch, effects: readonly Effect[]): void {
  for (const effect of shareEffects(effects)) {
    const pool = foldShare(poolIn(batch, effect), effect);
    batch.pools.set(pool.id, pool);
    if (isForgotten(batch, pool.id)) continue;
    changeDocument(batch, { kind: 'shares', id: pool.id, data: pool });
  }
}

/**
 * Whether a till has given more than its shares allow: from a copied tablet, or by a bug. Told apart from what a till may
 * rightly hold from before this server was restored.
 */
export function exceedsShares(batch: Batch, { event, effects }: Booking): boolean {
  const program = batch.programs.get(event.program);
  if (!program) return false;
  const used = shareEffects(effects).filter(({ move }) => move === 'used');
  const limits = new Map(sharedLimits(program).map(({ id, limit }) => [limitName(id, limit), limit]));
  const pools = new Map<string, SharePool>();
  for (const effect of shareEffects(effects)) {
    const { pool } = readShare(effect.share);
    pools.set(pool, foldShare(pools.get(pool) ?? poolIn(batch, effect), effect));
  }
  for (const { share } of used) {
    const { pool, device } = readShare(share);
    const window = readPool(pool);
    const limit = limits.get(window?.limit ?? '');
    if (!window || !limit || !isIn(window, event.day)) return true;
    if (isForgotten(batch, pool)) continue;
    const left = leftOf(pool, accountOf(pools.get(pool), device), limit.n);
    if (left < 0 && (limit.per === 'device' || event.basis.epoch === batch.epoch)) return true;
  }
  return isUncounted(program, event, used);
}

/** A limited reward was handed out without any share. */
function isUncounted(program: Program, { fact }: Event, used: readonly ShareEffect[]): boolean {
  if (fact.kind !== 'redeemed') return false;
  const reward = program.rewards.find(({ id }) => id === fact.reward);
  return (reward?.limits ?? []).some((limit) => {
    const name = limit.per === 'member' ? null : limitName(rewardKey(fact.reward), limit);
    return name !== null && !used.some(({ share }) => share.startsWith(`${name}/`));
  });
}

/** So late that the counts of its window are not kept any more. */
function isForgotten({ now, shop }: Batch, pool: string): boolean {
  return isPoolForgotten(pool, dayOf(now, shop.timeZone, shop.cutOverHour));
}

function isIn({ from, until }: { readonly from: string | null; readonly until: string | null }, day: string): boolean {
  return (from === null || from <= day) && (until === null || day <= until);
}

function poolIn(batch: Batch, { share }: ShareEffect): SharePool {
  const found = batch.pools.get(readShare(share).pool);
  if (!found) throw new Error('The pool of a share was not loaded.');
  return found;
}
