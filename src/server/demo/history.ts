import { apply } from '../../loyalty/apply.ts';
import type { Day, Instant } from '../../loyalty/basics.ts';
import type { Target } from '../../loyalty/decision.ts';
import type { Effect } from '../../loyalty/effects.ts';
import { effectsOf } from '../../loyalty/effectsOf.ts';
import type { Fact } from '../../loyalty/facts.ts';
import type { Program } from '../../loyalty/program.ts';
import { uuidV7 } from '../../protocol/ids.ts';
import { view } from '../../loyalty/view.ts';
import { basketOf, coffeeAnd } from './baskets.ts';
import { createChance, type Chance } from './chance.ts';
import { instantAt } from './clockTimes.ts';
import type { DemoTill } from './demoTill.ts';
import type { DemoMember } from './members.ts';
import { NORA } from './people.ts';

/** The invented month while it is written. */
export interface History {
  readonly program: Program;
  readonly timeZone: string;
  readonly tills: readonly [DemoTill, DemoTill];
  readonly chance: Chance;
  readonly members: DemoMember[];
  /** Nothing happens after this. */
  readonly now: Instant;
}

const NO_DATES = { birthday: null, nameDay: null, leapDay: '02-28' } as const;

/** Days ago and amounts of Nóra's visits: eight coffees, 14 250 forints, 142 points. */
const NORA_VISITS: ReadonlyMap<number, number> = new Map([
  [27, 1790],
  [23, 1190],
  [20, 2640],
  [16, 1390],
  [13, 1290],
  [9, 2340],
  [6, 1880],
  [2, 1730],
]);

/** The day on which two tills that could not see each other give the same coffee away. */
const TWICE_GIVEN = { ago: 1, earned: 3, who: 'Szalai Gergő' } as const;

/** Somebody who came when the shop had closed: nothing wrong with it, and worth a look all the same. */
const AFTER_HOURS = { ago: 1, minutes: [18 * 60 + 41, 18 * 60 + 46, 18 * 60 + 52] } as const;

interface Visit {
  readonly minutes: number;
  readonly till: 0 | 1;
  readonly who: DemoMember | null;
}

/** Writes one day into the tills: regulars, people without a card, and what goes wrong now and then. */
export function liveDay(history: History, day: Day, ago: number): void {
  const { chance, members } = history;
  const weekend = [0, 6].includes(new Date(`${day}T12:00:00Z`).getUTCDay());
  const visits: Visit[] = [];
  const someTime = () => 7 * 60 + 10 + chance.below(weekend ? 560 : 620);
  for (const who of members) {
    const { often, till } = who.person;
    if (chance.in100(weekend ? Math.floor(often * 0.7) : often)) {
      visits.push({ minutes: someTime(), till: chance.in100(90) ? till : otherTill(till), who });
    }
  }
  const strangers = 4 + chance.below(5);
  for (let n = 0; n < strangers; n += 1)
    visits.push({ minutes: someTime(), till: chance.in100(65) ? 0 : 1, who: null });
  const nora = NORA_VISITS.get(ago);
  if (nora !== undefined) visits.push({ minutes: 8 * 60 + 20, till: 0, who: find(history, NORA) });
  for (const visit of visits.sort((a, b) => a.minutes - b.minutes)) pay(history, day, visit, nora);
  if (ago === TWICE_GIVEN.earned) apologize(history, day);
  if (ago === TWICE_GIVEN.ago) giveTwice(history, day);
  if (ago === AFTER_HOURS.ago) sellAfterHours(history, day);
}

function pay(history: History, day: Day, visit: Visit, noraPays: number | undefined): void {
  const { chance, program, timeZone } = history;
  const { who, minutes } = visit;
  const at = instantAt(day, minutes, timeZone) + chance.below(60_000);
  const hour = Math.floor(minutes / 60);
  const isNora = who?.person.name === NORA;
  if (who && !isNora) redeemSome(history, day, at - 20_000, visit);
  const sale = isNora ? coffeeAnd(program.products, noraPays ?? 0, hour) : basketOf(chance, program.products, hour);
  const done = record(history, { day, at, visit, fact: sale });
  // Typed for the wrong customer, taken back at once.
  if (done && who && !isNora && chance.in100(1)) {
    const target = { ...done, fact: sale, day, program };
    const fact: Fact = { kind: 'voided', target: done.event, reason: null };
    record(history, { day, at: at + 70_000, visit, fact, target });
  }
}

/** Who has a gift or enough points takes it, more often than not. */
function redeemSome(history: History, day: Day, at: Instant, visit: Visit): void {
  const { chance, program } = history;
  const { who } = visit;
  if (!who || who.person.name === TWICE_GIVEN.who) return;
  const { available } = view(program, who.state, NO_DATES, day);
  const gift = available.find((one) => one.voucher !== null);
  if (gift && chance.in100(75)) {
    record(history, { day, at, visit, fact: redeemed(gift.reward, gift.voucher) });
    return;
  }
  const [first, ...rest] = available.filter((one) => one.voucher === null);
  if (first && chance.in100(18)) {
    record(history, { day, at, visit, fact: redeemed(chance.pick([first, ...rest]).reward, null) });
  }
}

/** The coffee that will be given twice: somebody spilled the first one. */
function apologize(history: History, day: Day): void {
  const fact: Fact = { kind: 'goodwillReward', reason: 'Kiömlött a kávéja', reward: 'gift' };
  const visit: Visit = { minutes: 10 * 60, till: 1, who: find(history, TWICE_GIVEN.who) };
  record(history, { day, at: instantAt(day, visit.minutes, history.timeZone), visit, fact });
}

function giveTwice(history: History, day: Day): void {
  const who = find(history, TWICE_GIVEN.who);
  const voucher = who?.state.vouchers.find((one) => one.status === 'open');
  if (!who || !voucher) return;
  const before = who.state;
  for (const [till, minutes] of [
    [0, 15 * 60 + 5],
    [1, 16 * 60 + 20],
  ] as const) {
    // Neither till knows of the other: both see the voucher open.
    who.state = before;
    const at = instantAt(day, minutes, history.timeZone);
    record(history, { day, at, visit: { minutes, till, who }, fact: redeemed(voucher.reward, voucher.id) });
  }
}

function sellAfterHours(history: History, day: Day): void {
  // Chance of its own: the days after it stay as they were without this.
  const apart = { ...history, chance: createChance(17) };
  for (const minutes of AFTER_HOURS.minutes) {
    const sale = coffeeAnd(history.program.products, 890, Math.floor(minutes / 60));
    const at = instantAt(day, minutes, history.timeZone);
    record(apart, { day, at, visit: { minutes, till: 0, who: null }, fact: sale });
  }
}

interface Happened {
  readonly day: Day;
  readonly at: Instant;
  readonly visit: Visit;
  readonly fact: Fact;
  /** What it takes back. */
  readonly target?: Target | null;
}

/** Records a fact at a till with what the till tells the customer; `null` where it would lie in the future. */
function record(
  history: History,
  { day, at, visit, fact, target = null }: Happened,
): { readonly event: string; readonly effects: readonly Effect[] } | null {
  const { program, chance, now } = history;
  const { who } = visit;
  if (at >= now) return null;
  const event = uuidV7(at, chance.bytes(10));
  const context = { event, day, profile: NO_DATES, target, other: null };
  const effects = who ? effectsOf(program, who.state, fact, context).effects : [];
  if (who) who.state = apply(who.state, effects);
  history.tills[visit.till].record({
    id: event,
    at,
    day,
    staff: staffAt(visit),
    member: who?.member ?? null,
    card: who?.card ?? null,
    fact,
    told: effects,
  });
  return { event, effects };
}

function staffAt({ till, minutes }: Visit): string {
  if (till === 1) return minutes < 13 * 60 ? 'demo-mate' : 'demo-dora';
  return minutes < 13 * 60 ? 'demo-zsofi' : 'demo-bence';
}

function find({ members }: History, name: string): DemoMember | null {
  return members.find((one) => one.person.name === name) ?? null;
}

function redeemed(reward: string, voucher: string | null): Fact {
  return { kind: 'redeemed', reward, voucher, due: null, approvedBy: null };
}

const otherTill = (till: 0 | 1): 0 | 1 => (till === 0 ? 1 : 0);
