import type { Day } from '../basics.ts';
import { type Booking, emit } from './booking.ts';
import { count, rangeOf, streakOf } from './counters.ts';
import { isMet } from './evaluate.ts';
import { fire } from './fire.ts';
import { atLeastZero } from '../integers.ts';
import { isActive } from './isActive.ts';
import { isLimited, markUse } from '../limits/limits.ts';
import { periodOf, type Span } from './periods.ts';
import type { Counter, Rule, Trigger } from '../program.ts';
import { countOf } from '../records.ts';
import type { MemberState } from '../state.ts';

export type Milestone = Rule & { readonly on: Extract<Trigger, { kind: 'milestone' }> };

/** A fact never fires one rule more often than this, whatever it says. */
export const mostAtOnce = 100;

export function isMilestone(rule: Rule): rule is Milestone {
  return rule.on.kind === 'milestone';
}

/** Where a threshold stands: how often it is earned by now, how often it has fired, and how firings are named. */
export interface Level {
  readonly earned: number;
  readonly fired: number;
  /** Name of the nth firing; the same at every till. */
  readonly name: (n: number) => string;
  /** Number of the latest firing. */
  readonly last: number;
  /** Name of the latest firing. */
  readonly lastName: string;
  /** Leaves the mark of a firing in the state, or takes it back. */
  readonly mark: (booking: Booking, name: string, undo: boolean) => void;
}

/** Fires every threshold as often as it is earned and has not fired. For a rule that is new to the member: once for the past. */
export function settleUp(booking: Booking): void {
  for (const rule of booking.program.rules) {
    if (isMilestone(rule)) settleRule(booking, rule);
  }
}

function settleRule(booking: Booking, rule: Milestone): void {
  const { draft, context, before } = booking;
  const { day } = context;
  const level = levelOf(rule, draft.state, day);
  let missing = Math.min(level.earned - level.fired, mostAtOnce);
  if (missing <= 0) return;
  if (!isActive(rule.active, day, null)) return;
  const scope = { state: before, day, figures: null };
  if (!isMet(rule.who, scope) || !isMet(rule.when, scope)) return;
  let n = level.last;
  if (takenPerFiring(rule) === 0) {
    // What was earned before this fact and never fired is the past of a new or changed rule.
    const past = Math.min(levelOf(rule, before, day).earned - level.fired, missing);
    for (let skip = 1; skip < past; skip += 1) {
      n += 1;
      missing -= 1;
      level.mark(booking, level.name(n), false);
    }
  }
  for (; missing > 0; missing -= 1) {
    if (isLimited(booking, rule.id, rule.limits)) {
      booking.why.push({ kind: 'notMet', rule: rule.id, because: 'limit' });
      return;
    }
    n += 1;
    const name = level.name(n);
    level.mark(booking, name, false);
    markUse(booking, rule.id, rule.id, rule.limits, name);
    const because = { kind: 'milestone', at: rule.on.at } as const;
    fire(booking, rule, { voucher: name, lot: name, figures: null, because, until: null });
  }
}

/** The level of a threshold as it stood at the end of a day, with all that is known of that day by now. */
export function levelOf(rule: Milestone, state: MemberState, day: Day): Level {
  const at = atLeastZero(rule.on.at);
  const { counter } = rule.on;
  const span = spanOf(counter, state, day);
  if (span === null) {
    const key = `${rule.id}/${counterName(counter)}/${at}`;
    const fired = countOf(state.fired, key);
    const reached = count(state, counter, day) + (counter.kind === 'unit' ? fired * takenPerFiring(rule) : 0);
    const last = firedInAll(state, rule.id);
    const name = (n: number) => `${rule.id}/${n}`;
    return {
      earned: timesOf(rule, reached, at),
      fired,
      last,
      name,
      lastName: name(last),
      mark: (to, firing, undo) => emit(to, { rule: rule.id, kind: 'fired', key, delta: undo ? -1 : 1, firing }),
    };
  }
  const prefix = markPrefix(rule);
  const marks = Object.entries(state.firedFor).filter(
    ([name, on]) => name.startsWith(prefix) && on >= span.from && on <= span.to,
  );
  const name = (n: number) => `${prefix}${span.label}/${n}`;
  return {
    earned: timesOf(rule, count(state, counter, day), at),
    fired: marks.length,
    last: marks.length,
    name,
    lastName: marks.at(-1)?.[0] ?? '',
    mark: (to, period, undo) => emit(to, { rule: rule.id, kind: 'firedFor', period, on: day, undo }),
  };
}

/** true where firings are kept as a number; within windows they are kept as marks. */
export function isAllTime(counter: Counter): boolean {
  if (counter.kind === 'unit') return true;
  return counter.kind !== 'streak' && rangeOf(counter.window, '2000-01-01') === null;
}

/** Firings within a window leave marks whose names begin like this. */
export function markPrefix(rule: Milestone): string {
  return `${rule.id}/${atLeastZero(rule.on.at)}@${counterName(rule.on.counter)}@`;
}

/** Units of its own counter that one firing of a rule takes: what makes it a stamp card. */
export function takenPerFiring(rule: Milestone): number {
  const { counter } = rule.on;
  if (counter.kind !== 'unit') return 0;
  let sum = 0;
  for (const action of rule.do) {
    if (action.kind === 'spend' && action.unit === counter.unit) sum += atLeastZero(action.amount);
  }
  return sum;
}

function timesOf(rule: Milestone, reached: number, at: number): number {
  if (at === 0 || reached < at) return 0;
  return rule.on.every ? Math.floor(reached / at) : 1;
}

function firedInAll(state: MemberState, rule: string): number {
  let sum = 0;
  const prefix = `${rule}/`;
  for (const key in state.fired) if (key.startsWith(prefix)) sum += countOf(state.fired, key);
  return sum;
}

/** The days within which firings are compared with the level, and how they are named; `null`: all time. */
function spanOf(
  counter: Counter,
  state: MemberState,
  day: Day,
): (Omit<Span, 'key'> & { readonly label: string }) | null {
  if (counter.kind === 'unit') return null;
  if (counter.kind === 'streak') {
    const { from } = streakOf(state, counter.of, day);
    return { from, to: day, label: from };
  }
  const range = rangeOf(counter.window, day);
  if (range === null) return null;
  const label = counter.window.kind === 'calendar' ? periodOf(day, counter.window.of).key : day;
  return { ...range, label };
}

function counterName(counter: Counter): string {
  switch (counter.kind) {
    case 'unit':
      return `unit:${counter.unit}`;
    case 'quantity':
      return `quantity:${counter.category ?? ''}`;
    default:
      return counter.kind;
  }
}
