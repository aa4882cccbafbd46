import type { Day } from '../basics.ts';
import { type Booking, emit } from './booking.ts';
import { addDays, daysInMonth, format, isLeapYear, monthOf, yearOf } from '../days.ts';
import type { ProfileDates } from '../decision.ts';
import { isMet } from './evaluate.ts';
import { fire } from './fire.ts';
import { isActive } from './isActive.ts';
import { periodOf } from './periods.ts';
import type { Program, Rule, Trigger } from '../program.ts';
import { entry } from '../records.ts';
import { isShareMissing, takeShares } from '../limits/shareUse.ts';
import type { MemberState } from '../state.ts';
import { voucherOf } from '../fold/vouchers.ts';

/** What a date, a period or a lapse has made due, and nobody has used yet. */
export interface Due {
  readonly rule: Rule;
  /** Name of the firing, `rule/period`. */
  readonly name: string;
  /** Last day on which it can be had; `null`: until it is used or the customer comes back. */
  readonly until: Day | null;
}

/** All that is due on a day and was not fired; the same wherever it is looked at. */
export function dueOn(program: Program, state: MemberState, profile: ProfileDates, day: Day): Due[] {
  const all: Due[] = [];
  for (const rule of program.rules) {
    const period = duePeriod(rule.on, state, profile, day);
    if (period === null) continue;
    const name = `${rule.id}/${period.key}`;
    if (entry(state.firedFor, name) !== undefined || voucherOf(state, name) !== undefined) continue;
    if (!isActive(rule.active, day, null) || !isMet(rule.who, { state, day, figures: null })) continue;
    all.push({ rule, name, until: period.until });
  }
  return all;
}

/** Books what a lapse has made due, before the visit that ends the lapse. */
export function bookLapsed(booking: Booking): void {
  const { program, draft, context } = booking;
  if (!program.rules.some((rule) => rule.on.kind === 'lapse')) return;
  for (const due of dueOn(program, draft.state, context.profile, context.day)) {
    if (due.rule.on.kind !== 'lapse') continue;
    if (isShareMissing(booking, due.rule.id, due.rule.limits)) {
      booking.why.push({ kind: 'notMet', rule: due.rule.id, because: 'limit' });
    } else bookDue(booking, due);
  }
}

/** Books one firing by its name: all that the rule gives. */
export function bookDue(booking: Booking, { rule, name, until }: Due): void {
  emit(booking, { rule: rule.id, kind: 'firedFor', period: name, on: booking.context.day, undo: false });
  takeShares(booking, rule.id, rule.id, rule.limits);
  const of = rule.on.kind === 'date' ? rule.on.of : rule.on.kind;
  fire(booking, rule, { voucher: name, lot: name, figures: null, because: { kind: 'date', of }, until });
}

/**
 * The firing that a redemption names, where the program has its rule. The named period stands as it is; where it is over
 * by the effective day, what it gives ends on that day.
 */
export function dueNamed({ program, draft, context }: Booking, name: string): Due | null {
  const rule = program.rules.find(({ id, on }) => name.startsWith(`${id}/`) && isByDate(on));
  if (rule === undefined) return null;
  const period = duePeriod(rule.on, draft.state, context.profile, context.day);
  const isNow = period !== null && name === `${rule.id}/${period.key}`;
  return { rule, name, until: isNow ? period.until : context.day };
}

function isByDate(on: Trigger): boolean {
  return on.kind === 'date' || on.kind === 'period' || on.kind === 'lapse';
}

function duePeriod(
  on: Trigger,
  state: MemberState,
  profile: ProfileDates,
  day: Day,
): { readonly key: string; readonly until: Day | null } | null {
  switch (on.kind) {
    case 'period': {
      const period = periodOf(day, on.every);
      return { key: period.key, until: period.to };
    }
    case 'lapse':
      if (state.lastVisit === null || addDays(state.lastVisit, on.days) > day) return null;
      return { key: state.lastVisit, until: null };
    case 'date':
      return anniversary(on, state, profile, day);
    default:
      return null;
  }
}

/** The window around a yearly date that holds `day`; the year in its name is that of the date, so it is once a year. */
function anniversary(
  on: Extract<Trigger, { kind: 'date' }>,
  state: MemberState,
  profile: ProfileDates,
  day: Day,
): { readonly key: string; readonly until: Day } | null {
  const since = on.of === 'joined' ? state.enrolledOn : on.of === 'firstSale' ? state.firstVisit : null;
  const monthDay = on.of === 'birthday' ? profile.birthday : on.of === 'nameDay' ? profile.nameDay : since?.slice(5);
  if (monthDay === null || monthDay === undefined) return null;
  const year = yearOf(day);
  for (const candidate of [year - 1, year, year + 1]) {
    if (since !== null && candidate <= yearOf(since)) continue;
    const date = inYear(monthDay, candidate, profile.leapDay);
    const until = addDays(date, on.daysAfter);
    if (addDays(date, -on.daysBefore) <= day && day <= until) return { key: String(candidate), until };
  }
  return null;
}

function inYear(monthDay: string, year: number, leapDay: ProfileDates['leapDay']): Day {
  if (monthDay === '02-29' && !isLeapYear(year)) return `${format(year, 1, 1).slice(0, 5)}${leapDay}`;
  const month = monthOf(`0000-${monthDay}`);
  return format(year, month, Math.min(Number(monthDay.slice(3, 5)), daysInMonth(year, month)));
}
