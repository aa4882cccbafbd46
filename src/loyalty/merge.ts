import type { PartOfDay } from './basics.ts';
import { type Booking, emit } from './rules/booking.ts';
import type { Effect } from './effects.ts';
import { opposite } from './integers.ts';
import { held } from './fold/lots.ts';
import { settleUp } from './rules/milestones.ts';
import { countOf, entry } from './records.ts';
import { giveBack, take } from './rules/spendLots.ts';
import type { Bucket, MemberState } from './state.ts';
import { partFirings, settle, undoOwnFiring } from './reversal/unfire.ts';
import { voucherOf } from './fold/vouchers.ts';
import { undoMark } from './reversal/undoMark.ts';

/**
 * Joins the state of another member in, who becomes an alias. Lots, vouchers, debts, buckets and remainders add up; firings
 * are compared by name, without the member, so that what both had fired counts once, and the difference is booked.
 */
export function merge(booking: Booking, otherId: string): void {
  const { draft, context } = booking;
  emit(booking, { rule: 'fact', kind: 'alias', other: otherId, on: true });
  const { other } = context;
  if (other === null) return;
  if (draft.state.enrolledOn === null && other.enrolledOn !== null) {
    emit(booking, { rule: 'fact', kind: 'enrolled', on: other.enrolledOn });
  }
  joinUnits(booking, other, otherId);
  joinVouchers(booking, other, otherId);
  joinMarks(booking, other, otherId);
  for (const [day, bucket] of Object.entries(other.days)) joinBucket(booking, day, bucket);
  for (const [month, bucket] of Object.entries(other.months)) joinBucket(booking, `${month}-01`, bucket);
  for (const unit of unitsOf(other)) settleDebt(booking, unit);
  settleUp(booking);
}

/** Takes a merge apart again: exact where nothing came between; what was spent meanwhile is owed by the member who stays. */
export function unmerge(booking: Booking, otherId: string): void {
  const { draft, context } = booking;
  const { target } = context;
  if (!draft.state.aliases.includes(otherId)) return;
  if (target !== null && target.fact.kind === 'merged') {
    const { direct, groups } = partFirings(target.program, target.effects);
    for (const group of groups.toReversed()) undoOwnFiring(booking, target.program, groups, group.rule);
    const lots = new Set(direct.flatMap((effect) => (effect.kind === 'credit' ? [effect.lot] : [])));
    for (const effect of direct.toReversed()) part(booking, effect, lots);
    const units = new Set(direct.flatMap((effect) => ('unit' in effect ? [effect.unit] : [])));
    for (const unit of units) settleDebt(booking, unit);
    emit(booking, { rule: 'fact', kind: 'alias', other: otherId, on: false });
    settle(booking, { groups, since: '' });
  } else emit(booking, { rule: 'fact', kind: 'alias', other: otherId, on: false });
}

function joinUnits(booking: Booking, other: MemberState, otherId: string): void {
  const { lots } = booking.draft.state;
  const taken = new Set(lots.map((lot) => lot.id));
  for (const { id, unit, rule, earned, expires, left } of other.lots) {
    const lot = taken.has(id) ? `${id}~${otherId}` : id;
    emit(booking, { rule, kind: 'credit', unit, amount: left, lot, earned, expires });
  }
  for (const [unit, delta] of Object.entries(other.debts)) emit(booking, { rule: 'fact', kind: 'debt', unit, delta });
  for (const [rule, delta] of Object.entries(other.carry)) {
    emit(booking, { rule, kind: 'carry', unit: rule, spend: delta, units: 0, delta, give: 0, per: 0 });
  }
}

function joinVouchers(booking: Booking, other: MemberState, otherId: string): void {
  for (const voucher of other.vouchers) {
    const { rule, reward, on, expires } = voucher;
    const id = voucherOf(booking.draft.state, voucher.id) === undefined ? voucher.id : `${voucher.id}~${otherId}`;
    if (voucher.status !== 'consumedAhead') {
      emit(booking, { rule, kind: 'issue', voucher: id, reward, on, expires });
    }
    voucher.by.forEach((by, index) => {
      const ahead = index === 0 && voucher.status === 'consumedAhead';
      emit(booking, { rule, kind: 'consume', voucher: id, reward, by, on: voucher.closed ?? on, ahead });
    });
  }
}

function joinMarks(booking: Booking, other: MemberState, otherId: string): void {
  const { state } = booking.draft;
  const rule = 'fact';
  for (const [key, n] of Object.entries(other.fired)) {
    const delta = n - countOf(state.fired, key);
    if (delta > 0) emit(booking, { rule, kind: 'fired', key, delta, firing: null });
  }
  for (const [period, on] of Object.entries(other.firedFor)) {
    if (entry(state.firedFor, period) === undefined) emit(booking, { rule, kind: 'firedFor', period, on, undo: false });
  }
  for (const [badge, on] of Object.entries(other.badges)) {
    if (entry(state.badges, badge) === undefined) emit(booking, { rule, kind: 'badge', badge, on });
  }
  for (const { id, tier, from, until } of other.tiers) {
    const grant = state.tiers.some((there) => there.id === id) ? `${id}~${otherId}` : id;
    emit(booking, { rule, kind: 'grantTier', tier, grant, from, until });
  }
  for (const [target, { amount, whole, on }] of Object.entries(other.reversed)) {
    if (entry(state.reversed, target) === undefined)
      emit(booking, { rule, kind: 'reversed', target, amount, whole, on });
  }
  for (const { event, on, toward } of other.strikes ?? []) {
    if (!state.strikes?.some((there) => there.event === event)) {
      emit(booking, { rule, kind: 'strike', event, on, toward });
    }
  }
  for (const waiting of other.waiting) emit(booking, { rule, kind: 'awaitTarget', ...waiting });
  for (const [credential, { kind, revoked }] of Object.entries(other.credentials)) {
    if (entry(state.credentials, credential) !== undefined) continue;
    emit(booking, { rule, kind: 'credential', credential, credentialKind: kind, revoked });
  }
}

const partsOfDay: readonly PartOfDay[] = ['morning', 'midday', 'afternoon', 'evening'];

/** One tally per part of day; money and items go with the first. */
function joinBucket(booking: Booking, day: string, bucket: Bucket): void {
  const parts = partsOfDay.filter((part) => (bucket.parts[part] ?? 0) !== 0);
  (parts.length > 0 ? parts : (['morning'] as const)).forEach((part, index) => {
    const visits = parts.length === 0 ? bucket.visits : (bucket.parts[part] ?? 0);
    const rest = index === 0 ? { spend: bucket.spend, items: bucket.items } : { spend: 0, items: {} };
    emit(booking, { rule: 'fact', kind: 'tally', day, part, visits, ...rest });
  });
}

/** Nobody holds and owes the same unit at once. */
function settleDebt(booking: Booking, unit: string): void {
  const { draft, context } = booking;
  const amount = Math.min(held(draft.state, unit, context.day), countOf(draft.state.debts, unit));
  if (amount <= 0) return;
  take(booking, { rule: 'fact', unit, amount }, null);
  emit(booking, { rule: 'fact', kind: 'debt', unit, delta: -amount });
}

function unitsOf(state: MemberState): Set<string> {
  return new Set([...Object.keys(state.debts), ...state.lots.map((lot) => lot.unit)]);
}

function part(booking: Booking, effect: Effect, lots: ReadonlySet<string>): void {
  const { rule } = effect;
  switch (effect.kind) {
    case 'credit':
      take(booking, { rule, unit: effect.unit, amount: effect.amount }, new Set([effect.lot, ...lots]));
      return;
    case 'debit':
      emit(booking, { rule, kind: 'restore', unit: effect.unit, to: effect.from });
      return;
    case 'debt':
      if (effect.delta > 0) giveBack(booking, rule, effect.unit, [], effect.delta);
      else emit(booking, { ...effect, delta: opposite(effect.delta) });
      return;
    case 'consume':
      emit(booking, { rule, kind: 'reopen', voucher: effect.voucher, by: effect.by, held: false });
      return;
    case 'issue':
      emit(booking, { rule, kind: 'withdraw', voucher: effect.voucher });
      return;
    case 'tally':
      emit(booking, {
        ...effect,
        visits: opposite(effect.visits),
        spend: opposite(effect.spend),
        items: negated(effect.items),
      });
      return;
    case 'carry':
      emit(booking, { ...effect, delta: opposite(effect.delta), spend: opposite(effect.spend) });
      return;
    case 'credential':
      emit(booking, { rule, kind: 'forgetCredential', credential: effect.credential });
      return;
    default:
      return undoMark(booking, effect);
  }
}

function negated(items: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(items).map(([key, n]) => [key, opposite(n)]));
}
