import type { Day, Instant } from '../../../../loyalty/basics.ts';
import type { Fact } from '../../../../loyalty/facts.ts';
import type { OpeningHours } from '../../../../protocol/documents.ts';

/** One entry of a day's ledger, as far as patterns look at it. */
export interface PatternAct {
  readonly event: string;
  readonly at: Instant;
  /** Minutes of the shop's wall clock since midnight of the shop's day; what is after midnight counts on from 1440. */
  readonly minutes: number;
  readonly staff: string;
  readonly device: string;
  readonly location: string;
  readonly member: string | null;
  readonly kind: Fact['kind'];
  /** A code was read; false: found by number, typed, or without any of it. */
  readonly scanned: boolean;
  /** Of a void or refund: what it takes back. */
  readonly target: string | null;
}

export type PatternKind = 'selfService' | 'bursts' | 'voidAfterRedeem' | 'manualEntries' | 'outsideHours';

/** Something that happens by honest means as well, often enough to be worth a question, never an accusation. */
export interface Pattern {
  /** The same things on the same day have the same name, so that "it's fine" is remembered. */
  readonly id: string;
  readonly kind: PatternKind;
  readonly day: Day;
  readonly staff: string;
  readonly device: string;
  /** Where it is about one customer's card. */
  readonly member: string | null;
  readonly count: number;
  /** Out of so many of the same kind by the same person. */
  readonly of: number;
  readonly from: Instant;
  readonly to: Instant;
}

/** At most so many a day: a list that is never empty is not read. */
const MOST = 5;
/** A regular comes twice or thrice; four stamps from one hand, and a fifth of all that this hand gave, is a friend's card. */
const SELF_COUNT = 4;
const SELF_SHARE = 0.2;
/** Nobody serves a customer in a quarter of a minute, four times in a row. */
const BURST_GAP_MS = 15_000;
const BURST_COUNT = 4;
/** One is a mistake that was put right. */
const VOIDS_COUNT = 2;
/** Phone numbers are quite usual in some shops: only who does without a code far more often than the others there. */
const MANUAL_COUNT = 6;
const MANUAL_SHARE = 0.25;
const MANUAL_TIMES = 3;
const MANUAL_OTHERS = 10;
/** Who opens comes before the customers, and who closes serves the last one. */
const HOURS_GRACE = 30;
const HOURS_COUNT = 3;

/** The day's patterns, the most striking first. Pure: the same day gives the same list. */
export function findPatterns(
  day: Day,
  acts: readonly PatternAct[],
  hoursOf: (location: string) => OpeningHours | null,
): readonly Pattern[] {
  const inOrder = [...acts].sort((a, b) => a.at - b.at);
  const voided = new Set(inOrder.flatMap(({ kind, target }) => (kind === 'voided' && target !== null ? [target] : [])));
  const earns = inOrder.filter(({ kind, member, event }) => kind === 'sale' && member !== null && !voided.has(event));
  return [
    ...selfService(day, earns),
    ...bursts(day, earns),
    ...voidsAfterRedeeming(day, inOrder),
    ...manualEntries(day, earns),
    ...outsideHours(day, inOrder, hoursOf),
  ]
    .sort((a, b) => b.weight - a.weight)
    .slice(0, MOST)
    .map(({ pattern }) => pattern);
}

interface Found {
  readonly pattern: Pattern;
  /** How many times its threshold it is. */
  readonly weight: number;
}

function selfService(day: Day, earns: readonly PatternAct[]): readonly Found[] {
  return groups(earns, (act) => `${act.staff}/${act.member}`).flatMap((own) => {
    const all = earns.filter(({ staff }) => staff === own[0]?.staff).length;
    if (own.length < SELF_COUNT || own.length <= all * SELF_SHARE) return [];
    return found('selfService', day, { acts: own, of: all, threshold: SELF_COUNT, member: own[0]?.member ?? null });
  });
}

function bursts(day: Day, earns: readonly PatternAct[]): readonly Found[] {
  return groups(earns, (act) => `${act.staff}/${act.device}`).flatMap((own) => {
    const runs: PatternAct[][] = [];
    for (const act of own) {
      const run = runs.at(-1);
      const before = run?.at(-1);
      if (run && before && act.at - before.at < BURST_GAP_MS) run.push(act);
      else runs.push([act]);
    }
    const fast = runs.filter((run) => run.length >= BURST_COUNT).flat();
    return fast.length === 0 ? [] : found('bursts', day, { acts: fast, of: own.length, threshold: BURST_COUNT });
  });
}

/** A reward is given, and then the sale that earned towards it is taken back. */
function voidsAfterRedeeming(day: Day, acts: readonly PatternAct[]): readonly Found[] {
  const sales = new Set(acts.filter(({ kind }) => kind === 'sale').map(({ event }) => event));
  const redeemedAt = new Map<string, Instant>();
  for (const { kind, member, at } of acts) {
    if (kind === 'redeemed' && member !== null && !redeemedAt.has(member)) redeemedAt.set(member, at);
  }
  const voids = acts.filter(({ kind, target }) => kind === 'voided' && target !== null && sales.has(target));
  return groups(voids, (act) => act.staff).flatMap((own) => {
    const after = own.filter(({ member, at }) => member !== null && at > (redeemedAt.get(member) ?? Infinity));
    return after.length < VOIDS_COUNT
      ? []
      : found('voidAfterRedeem', day, { acts: after, of: own.length, threshold: VOIDS_COUNT });
  });
}

function manualEntries(day: Day, earns: readonly PatternAct[]): readonly Found[] {
  return groups(earns, (act) => act.staff).flatMap((own) => {
    const manual = own.filter(({ scanned }) => !scanned);
    const others = earns.filter(({ staff }) => staff !== own[0]?.staff);
    const share = manual.length / own.length;
    const usual = others.filter(({ scanned }) => !scanned).length / Math.max(1, others.length);
    // A shop with one person at the counter has nothing to compare with.
    if (manual.length < MANUAL_COUNT || share < MANUAL_SHARE || others.length < MANUAL_OTHERS) return [];
    return share < usual * MANUAL_TIMES
      ? []
      : found('manualEntries', day, { acts: manual, of: own.length, threshold: MANUAL_COUNT });
  });
}

function outsideHours(
  day: Day,
  acts: readonly PatternAct[],
  hoursOf: (location: string) => OpeningHours | null,
): readonly Found[] {
  const isOutside = ({ location, minutes }: PatternAct): boolean => {
    const hours = hoursOf(location);
    if (hours === null) return false;
    const open = hours[weekdayOf(day)];
    return !open || minutes < open.from - HOURS_GRACE || minutes > open.to + HOURS_GRACE;
  };
  return groups(acts, (act) => act.staff).flatMap((own) => {
    const outside = own.filter(isOutside);
    return outside.length < HOURS_COUNT
      ? []
      : found('outsideHours', day, { acts: outside, of: own.length, threshold: HOURS_COUNT });
  });
}

interface Striking {
  /** One person's, in their order. */
  readonly acts: readonly PatternAct[];
  /** Of how many. */
  readonly of: number;
  /** So many strike. */
  readonly threshold: number;
  /** Set where all are one customer's. */
  readonly member?: string | null;
}

function found(kind: PatternKind, day: Day, { acts, of, threshold, member = null }: Striking): readonly Found[] {
  const [first] = acts;
  const last = acts.at(-1);
  if (!first || !last) return [];
  const { staff, device } = first;
  const id = [kind, day, staff, member ?? ''].join('/');
  const pattern = { id, kind, day, staff, device, member, count: acts.length, of, from: first.at, to: last.at };
  return [{ pattern, weight: acts.length / threshold }];
}

function groups(acts: readonly PatternAct[], keyOf: (act: PatternAct) => string): readonly (readonly PatternAct[])[] {
  const all = new Map<string, PatternAct[]>();
  for (const act of acts) {
    const own = all.get(keyOf(act));
    if (own) own.push(act);
    else all.set(keyOf(act), [act]);
  }
  return [...all.values()];
}

/** 0 is Monday. */
function weekdayOf(day: Day): number {
  return (new Date(`${day}T12:00:00Z`).getUTCDay() + 6) % 7;
}
