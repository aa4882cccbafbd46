import type { Day } from '../basics.ts';
import { type Booking, emit } from '../rules/booking.ts';
import type { Effect, LotPart } from '../effects.ts';
import { atLeastZero } from '../integers.ts';
import { isLive } from '../fold/lots.ts';
import {
  isAllTime,
  isMilestone,
  type Level,
  levelOf,
  markPrefix,
  type Milestone,
  mostAtOnce,
  settleUp,
  takenPerFiring,
} from '../rules/milestones.ts';
import type { Program } from '../program.ts';
import { countOf, entry } from '../records.ts';
import { give, giveBack, take } from '../rules/spendLots.ts';
import { undoMark } from './undoMark.ts';
import { isUnused, voucherOf } from '../fold/vouchers.ts';

/** The effects of one firing of a threshold, as an event booked them. */
export interface FiringGroup {
  readonly rule: string;
  readonly name: string;
  readonly effects: readonly Effect[];
}

/** What is being taken back: the target's own firings, and its day. */
export interface Reversed {
  readonly groups: readonly FiringGroup[];
  readonly since: Day;
}

/** Parts an event's effects into the firings of thresholds, and what its fact and other rules did directly. */
export function partFirings(
  program: Program,
  effects: readonly Effect[],
): { readonly direct: readonly Effect[]; readonly groups: readonly FiringGroup[] } {
  const milestones = new Set(program.rules.filter(isMilestone).map(({ id }) => id));
  const direct: Effect[] = [];
  const groups: { rule: string; name: string; effects: Effect[] }[] = [];
  for (const effect of effects) {
    const group = groups.at(-1);
    const name = milestones.has(effect.rule) ? firingOf(effect) : null;
    if (name !== null) groups.push({ rule: effect.rule, name, effects: [effect] });
    else if (group?.rule === effect.rule) group.effects.push(effect);
    // Also what a merge joined in under the name of a threshold's rule.
    else direct.push(effect);
  }
  return { direct, groups };
}

/** The name of the firing that an effect marks; `null` for marks of limits and for all other effects. */
function firingOf(effect: Effect): string | null {
  if (effect.kind === 'fired') return effect.firing;
  return effect.kind === 'firedFor' && !effect.period.includes('#') ? effect.period : null;
}

/** Undoes the target's latest firing of `rule`, exactly, where it is the member's latest too and nothing of it was used. */
export function undoOwnFiring(
  booking: Booking,
  program: Program,
  groups: readonly FiringGroup[],
  rule: string,
): boolean {
  const milestone = program.rules.find(({ id }) => id === rule);
  if (milestone === undefined || !isMilestone(milestone)) return false;
  const level = levelOf(milestone, booking.draft.state, booking.context.day);
  const group = groupNamed(groups, level.lastName);
  return group !== undefined && unfire(booking, milestone, level, level.lastName, group);
}

/**
 * Takes back what thresholds gave too often by now: the latest first, as long as it is unused. What is used stays, and is
 * owed.
 */
function settleDown(booking: Booking, reversed: Reversed): void {
  for (const rule of booking.program.rules) {
    if (!isMilestone(rule)) continue;
    settleAllTime(booking, rule, reversed);
    settleMarks(booking, rule, reversed);
  }
}

function settleAllTime(booking: Booking, rule: Milestone, { groups }: Reversed): void {
  if (!isAllTime(rule.on.counter)) return;
  for (let rounds = 0; rounds < mostAtOnce; rounds += 1) {
    const level = levelOf(rule, booking.draft.state, booking.context.day);
    if (level.fired <= level.earned) return;
    const group = groupNamed(groups, level.lastName);
    // Points come and go: only the event that crossed such a threshold takes it back.
    if (rule.on.counter.kind === 'unit' && takenPerFiring(rule) === 0 && group === undefined) return;
    if (!unfire(booking, rule, level, level.lastName, group ?? null)) return;
  }
}

/** Within windows each firing is judged as of its own day, because time alone empties a window. */
function settleMarks(booking: Booking, rule: Milestone, { groups, since }: Reversed): void {
  if (isAllTime(rule.on.counter)) return;
  const prefix = markPrefix(rule);
  const marks = Object.entries(booking.draft.state.firedFor).filter(
    ([name, on]) => name.startsWith(prefix) && on >= since,
  );
  for (const [name, on] of marks.toReversed()) {
    const level = levelOf(rule, booking.draft.state, on);
    if (level.fired > level.earned) unfire(booking, rule, level, name, groupNamed(groups, name) ?? null);
  }
}

/** Both ways, after something was taken back. */
export function settle(booking: Booking, reversed: Reversed): void {
  settleDown(booking, reversed);
  settleUp(booking);
}

function groupNamed(groups: readonly FiringGroup[], name: string): FiringGroup | undefined {
  return groups.find((group) => group.name === name);
}

function unfire(booking: Booking, rule: Milestone, level: Level, name: string, group: FiringGroup | null): boolean {
  const { draft, context } = booking;
  const names = rule.do.map((action, index) =>
    rule.do.findIndex((other) => other.kind === action.kind) === index ? name : `${name}/${index}`,
  );
  for (const [index, action] of rule.do.entries()) {
    if (action.kind === 'issue' && !isUnused(voucherOf(draft.state, names[index] ?? name))) return false;
  }
  level.mark(booking, name, true);
  unmarkUse(booking, rule, name);
  // A firing of another event keeps its share: whose it was is not known here.
  for (const effect of group?.effects ?? []) if (effect.kind === 'share') undoMark(booking, effect);
  for (const [index, action] of rule.do.entries()) {
    const own = names[index] ?? name;
    switch (action.kind) {
      case 'issue':
        emit(booking, { rule: rule.id, kind: 'withdraw', voucher: own });
        booking.why.push({ kind: 'withdrawn', voucher: own, reward: action.reward });
        break;
      case 'credit': {
        const amount = action.amount.kind === 'fixed' ? atLeastZero(action.amount.n) : 0;
        take(booking, { rule: rule.id, unit: action.unit, amount }, new Set([own]));
        break;
      }
      case 'spend': {
        const amount = atLeastZero(action.amount);
        if (group === null) give(booking, { rule: rule.id, unit: action.unit, amount }, `${context.event}/${own}`);
        else giveBack(booking, rule.id, action.unit, ...tookFrom(group, action.unit));
        break;
      }
      case 'grantTier':
        emit(booking, { rule: rule.id, kind: 'endTier', grant: own });
        break;
      case 'badge':
        if (group === null ? level.fired === 1 : group.effects.some((effect) => effect.kind === 'badge')) {
          emit(booking, { rule: rule.id, kind: 'unbadge', badge: action.badge });
        }
        break;
      default:
    }
  }
  return true;
}

function unmarkUse(booking: Booking, rule: Milestone, name: string): void {
  const { fired, firedFor } = booking.draft.state;
  const key = `${rule.id}#`;
  if (countOf(fired, key) > 0) emit(booking, { rule: rule.id, kind: 'fired', key, delta: -1, firing: null });
  const period = `${key}${name}`;
  const on = entry(firedFor, period);
  if (on !== undefined) emit(booking, { rule: rule.id, kind: 'firedFor', period, on, undo: true });
}

function tookFrom(group: FiringGroup, unit: string): [parts: LotPart[], owed: number] {
  const parts: LotPart[] = [];
  let owed = 0;
  for (const effect of group.effects) {
    if (effect.kind === 'debit' && effect.unit === unit) parts.push(...effect.from);
    if (effect.kind === 'debt' && effect.unit === unit && effect.delta > 0) owed += effect.delta;
  }
  return [parts, owed];
}

/** Units that can be taken without owing: of these lots whatever is left, of others what is live. */
export function coverOf(booking: Booking, unit: string, own: ReadonlySet<string>): number {
  let sum = 0;
  for (const lot of booking.draft.state.lots) {
    if (lot.unit === unit && (own.has(lot.id) || isLive(lot, booking.context.day))) sum += lot.left;
  }
  return sum;
}
