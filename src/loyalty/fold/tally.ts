import type { Day } from '../basics.ts';
import { addDays } from '../days.ts';
import { type Draft, mine } from './draft.ts';
import { addTo, entry, put } from '../records.ts';
import type { Bucket } from '../state.ts';
import type { EffectOf } from './vouchers.ts';

/** Days, marks and closed things older than this are folded or dropped. */
export const keptDays = 400;

const nothing: Bucket = { visits: 0, spend: 0, items: {}, parts: {} };

/** Adds a visit (or, signed, takes it back) to the base buckets, and folds what has become old. */
export function tallyVisit(draft: Draft, effect: EffectOf<'tally'>): void {
  const { state } = draft;
  const newest = state.lastVisit;
  const recent = newest !== null && newest > effect.day ? newest : effect.day;
  if (newest !== null && effect.day < addDays(recent, -keptDays)) {
    addToBucket(mine(draft, 'months'), effect.day.slice(0, 7), effect);
  } else addToBucket(mine(draft, 'days'), effect.day, effect);
  if (effect.visits > 0) {
    if (newest === null || effect.day > newest) state.lastVisit = effect.day;
    if (state.firstVisit === null || effect.day < state.firstVisit) state.firstVisit = effect.day;
    // Once a month is often enough to stay bounded, and keeps a sale cheap.
    if (newest !== null && effect.day > newest && effect.day.slice(0, 7) !== newest.slice(0, 7)) {
      dropOld(draft, addDays(effect.day, -keptDays));
    }
  } else if (effect.visits < 0 && (entry(state.days, effect.day)?.visits ?? 0) <= 0) recallVisits(draft, effect.day);
}

function addToBucket(
  buckets: Record<string, Bucket>,
  key: string,
  more: Pick<EffectOf<'tally'>, 'visits' | 'spend' | 'items' | 'part'>,
): void {
  const there = entry(buckets, key) ?? nothing;
  const parts: Record<string, number> = { ...there.parts };
  addTo(parts, more.part, more.visits);
  const bucket: Bucket = {
    visits: there.visits + more.visits,
    spend: there.spend + more.spend,
    items: added(there.items, more.items),
    parts,
  };
  if (bucket.visits === 0 && bucket.spend === 0 && isEmpty(bucket.items) && isEmpty(parts)) delete buckets[key];
  else put(buckets, key, bucket);
}

/** After a visit was taken back: which visit is now the first, which the last. */
function recallVisits(draft: Draft, day: Day): void {
  const { state } = draft;
  if (day !== state.lastVisit && day !== state.firstVisit) return;
  const months = Object.keys(state.months).sort();
  let first: Day | null = null;
  let last: Day | null = null;
  for (const [key, bucket] of Object.entries(state.days)) {
    if (bucket.visits <= 0) continue;
    if (first === null || key < first) first = key;
    if (last === null || key > last) last = key;
  }
  if (day === state.lastVisit) {
    const month = months.at(-1);
    state.lastVisit = last ?? (month === undefined ? null : `${month}-01`);
  }
  if (day === state.firstVisit && months.length === 0) state.firstVisit = first;
}

/** Keeps the state bounded: days become months, marks and closed things go. Runs when a newer month is seen. */
function dropOld(draft: Draft, cutoff: Day): void {
  const { state } = draft;
  for (const [day, bucket] of Object.entries(state.days)) {
    if (day >= cutoff) continue;
    delete mine(draft, 'days')[day];
    fold(mine(draft, 'months'), day.slice(0, 7), bucket);
  }
  for (const [name, on] of Object.entries(state.firedFor)) if (on < cutoff) delete mine(draft, 'firedFor')[name];
  for (const [target, { on }] of Object.entries(state.reversed)) {
    if (on < cutoff) delete mine(draft, 'reversed')[target];
  }
  state.vouchers = kept(state.vouchers, (voucher) => (voucher.closed ?? voucher.expires ?? cutoff) >= cutoff);
  state.lots = kept(state.lots, (lot) => lot.expires === null || lot.expires >= cutoff);
  state.tiers = kept(state.tiers, (grant) => grant.until === null || grant.until >= cutoff);
}

function kept<T>(list: readonly T[], keep: (item: T) => boolean): readonly T[] {
  return list.every(keep) ? list : list.filter(keep);
}

function fold(months: Record<string, Bucket>, key: string, more: Bucket): void {
  const there = entry(months, key) ?? nothing;
  put(months, key, {
    visits: there.visits + more.visits,
    spend: there.spend + more.spend,
    items: added(there.items, more.items),
    parts: added(there.parts, more.parts),
  });
}

function added(a: Readonly<Record<string, number>>, b: Readonly<Record<string, number>>): Record<string, number> {
  const sum = { ...a };
  for (const key of Object.keys(b)) addTo(sum, key, entry(b, key) ?? 0);
  return sum;
}

function isEmpty(record: Readonly<Record<string, number>>): boolean {
  for (const _ in record) return false;
  return true;
}
