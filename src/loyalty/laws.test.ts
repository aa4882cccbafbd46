import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { apply } from './apply.ts';
import { addDays } from './days.ts';
import type { ProfileDates } from './decision.ts';
import type { Effect } from './effects.ts';
import { emptyState } from './emptyState.ts';
import type { Fact } from './facts.ts';
import type { Program } from './program.ts';
import { isReversible } from './reversal/reverse.ts';
import { saleTotal } from './rules/saleFigures.ts';
import type { MemberState } from './state.ts';
import { acts, histories, programs, sales } from './testing/arbitraries.ts';
import { Ledger, refunded, saleOf, type Step, voided } from './testing/world.ts';
import { points } from './presets.ts';
import { view } from './view.ts';

const profile: ProfileDates = { birthday: '03-05', nameDay: null, leapDay: '02-28' };
const runs = { numRuns: 200 };

function played(program: Program, steps: readonly Step[]): Ledger {
  const ledger = new Ledger(program, profile);
  for (const { event, fact, day } of steps) ledger.book(event, fact, day);
  return ledger;
}

const lastDayOf = (steps: readonly Step[]) => steps.at(-1)?.day ?? '2026-02-25';

/** A state without the marks of reversals, which are the only trace that an undone event may leave. */
function unmarked(state: MemberState): MemberState {
  return { ...state, reversed: {} };
}

/** Stamps that a manager took away below zero, beside a gift that is open: the next reversal settles that, too. */
function owesBesideGift({ debts, vouchers }: MemberState): boolean {
  return 'card' in debts && vouchers.some(({ rule, status, ahead }) => rule === 'full' && (status === 'open' || ahead));
}

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) frozen(inner);
  }
  return value;
}

function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : [];
}

const unitsHeld = (state: MemberState, unit: string) =>
  state.lots.filter((lot) => lot.unit === unit).reduce((sum, { left }) => sum + left, 0);

describe('over random programs and histories', () => {
  test('nothing is changed that was given, the same input gives the same bytes, and all numbers are whole', () => {
    fc.assert(
      fc.property(programs, histories, (program, steps) => {
        frozen(program);
        const once = new Ledger(program, profile);
        for (const { event, fact, day } of steps) {
          frozen(once.state);
          const outcome = once.book(event, fact, day);
          expect(numbersIn(outcome).every(Number.isSafeInteger)).toBe(true);
        }
        expect(JSON.stringify(played(program, steps))).toBe(JSON.stringify(once));
        const seen = view(program, once.state, profile, lastDayOf(steps));
        expect(numbersIn([once.state, seen]).every(Number.isSafeInteger)).toBe(true);
      }),
      runs,
    );
  });

  test('the state is the fold of what was booked', () => {
    fc.assert(
      fc.property(programs, histories, (program, steps) => {
        const ledger = played(program, steps);
        const all = ledger.booked.flatMap(({ effects }) => effects);
        expect(apply(emptyState(), all)).toEqual(ledger.state);
        expect(all.reduce((state, effect) => apply(state, [effect]), emptyState())).toEqual(ledger.state);
      }),
      runs,
    );
  });

  test('units are conserved: credited - debited + restored is held, debts are their sum, nobody holds and owes', () => {
    fc.assert(
      fc.property(programs, histories, (program, steps) => {
        const ledger = played(program, steps);
        let state = emptyState();
        const held = new Map<string, number>();
        for (const effect of ledger.booked.flatMap(({ effects }) => effects)) {
          if (effect.kind === 'debit') {
            for (const part of effect.from) {
              const lot = state.lots.find(({ id, unit }) => id === part.lot && unit === effect.unit);
              expect(lot?.left).toBeGreaterThanOrEqual(part.amount);
            }
          }
          if ('unit' in effect) held.set(effect.unit, (held.get(effect.unit) ?? 0) + movedBy(effect));
          state = apply(state, [effect]);
        }
        for (const [unit, sum] of held) expect(unitsHeld(ledger.state, unit)).toBe(sum);
        for (const debt of Object.values(ledger.state.debts)) expect(debt).toBeGreaterThan(0);
        const today = lastDayOf(steps);
        for (const lot of ledger.state.lots) {
          expect(lot.left).toBeGreaterThan(0);
          if (lot.expires === null || lot.expires >= today) expect(ledger.state.debts).not.toHaveProperty(lot.unit);
        }
      }),
      runs,
    );
  });

  test('a void restores exactly what was, where nothing came between', () => {
    fc.assert(
      fc.property(programs, histories, acts, fc.nat(3), (program, steps, act, later) => {
        const ledger = played(
          program,
          steps.filter(({ fact }) => fact.kind !== 'voided'),
        );
        const before = ledger.state;
        fc.pre(!owesBesideGift(before));
        const day = addDays(lastDayOf(steps), later);
        ledger.book('target', act, day);
        ledger.book('void', voided('target'), day);
        expect(unmarked(ledger.state)).toEqual(unmarked(before));
        const { effects } = ledger.book('again', voided('target'), day);
        expect(effects).toEqual([]);
      }),
      { numRuns: 600 },
    );
  });

  test('a void that comes before its target is a void that comes after it', () => {
    fc.assert(
      fc.property(programs, histories, acts, (program, steps, act) => {
        const day = lastDayOf(steps);
        const after = played(program, steps);
        fc.pre(!owesBesideGift(after.state));
        after.book('target', act, day);
        after.book('void', voided('target'), day);
        const before = played(program, steps);
        before.book('void', voided('target'), day);
        before.book('target', act, day);
        expect(before.state).toEqual(after.state);
      }),
      runs,
    );
  });

  test('refunds in parts are one refund, and never more than the sale', () => {
    fc.assert(
      fc.property(
        programs,
        histories,
        sales,
        fc.array(fc.integer({ min: 1, max: 900 })),
        (program, steps, sale, parts) => {
          const day = lastDayOf(steps);
          const inParts = played(program, steps);
          const before = inParts.state;
          fc.pre(!owesBesideGift(before));
          inParts.book('target', sale, day);
          parts.forEach((amount, n) => inParts.book(`part${n}`, refunded('target', amount), day));
          const atOnce = played(program, steps);
          atOnce.book('target', sale, day);
          const sum = parts.reduce((total, amount) => total + amount, 0);
          atOnce.book('all', refunded('target', sum), day);
          expect(view(program, inParts.state, profile, day)).toEqual(view(program, atOnce.state, profile, day));
          expect(inParts.state.reversed['target']?.amount ?? 0).toBe(Math.min(sum, saleTotal(sale)));
          inParts.book('void', voided('target'), day);
          expect(unmarked(inParts.state)).toEqual(unmarked(before));
        },
      ),
      runs,
    );
  });
});

function movedBy(effect: Effect): number {
  if (effect.kind === 'credit') return effect.amount;
  if (effect.kind === 'debit') return -effect.from.reduce((sum, { amount }) => sum + amount, 0);
  return effect.kind === 'restore' ? effect.to.reduce((sum, { amount }) => sum + amount, 0) : 0;
}

describe('money and remainders', () => {
  const amounts = fc.array(fc.integer({ min: 0, max: 5000 }), { maxLength: 12 });
  const rates = fc.record({ give: fc.integer({ min: 1, max: 5 }), per: fc.integer({ min: 1, max: 3000 }) });

  test('a remainder is never lost, whatever is taken back in between', () => {
    fc.assert(
      fc.property(
        rates,
        amounts,
        fc.array(fc.record({ at: fc.nat(11), part: fc.option(fc.nat(4000)) })),
        (rate, totals, backs) => {
          const ledger = new Ledger(points({ scale: 0, ...rate }));
          totals.forEach((total, n) => ledger.book(`s${n}`, saleOf(total)));
          backs.forEach(({ at, part }, n) => {
            if (at < totals.length) ledger.book(`v${n}`, part === null ? voided(`s${at}`) : refunded(`s${at}`, part));
          });
          const net = Object.values(ledger.state.days).reduce((sum, { spend }) => sum + spend, 0);
          const earned = unitsHeld(ledger.state, 'points') - (ledger.state.debts['points'] ?? 0);
          expect(earned).toBe(Math.floor(net / rate.per) * rate.give);
          expect(ledger.state.carry['points'] ?? 0).toBe(net % rate.per);
        },
      ),
      runs,
    );
  });

  test('splitting a sale never earns more (nor less)', () => {
    fc.assert(
      fc.property(rates, amounts, (rate, parts) => {
        const program = points({ scale: 2, ...rate });
        const whole = new Ledger(program);
        whole.book('s', saleOf(parts.reduce((sum, part) => sum + part, 0)));
        const split = new Ledger(program);
        parts.forEach((part, n) => split.book(`s${n}`, saleOf(part)));
        expect(unitsHeld(split.state, 'points')).toBe(unitsHeld(whole.state, 'points'));
        expect(split.state.carry).toEqual(whole.state.carry);
      }),
      runs,
    );
  });
});

test('whatever comes in, nothing throws', () => {
  const name = fc.constantFrom('__proto__', 'constructor', 'toString', '', 'e0', 'card', 'points', '💥');
  const number = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(Number.NaN, Infinity, -Infinity, 2 ** 53));
  const strange = fc.oneof(
    acts,
    fc.record({
      kind: fc.constant('sale'),
      total: fc.option(number),
      hour: number,
      external: fc.constant(null),
      lines: fc.array(
        fc.record({ product: name, category: name, quantity: number, amount: fc.option(number), given: fc.boolean() }),
      ),
    }),
    fc.record({ kind: fc.constantFrom('goodwill', 'adjusted'), reason: name, unit: name, amount: number }),
    fc.record({ kind: fc.constant('redeemed'), reward: name, voucher: fc.option(name), due: fc.option(name) }),
    fc.record({ kind: fc.constant('refunded'), target: name, amount: number }),
    fc.record({ kind: fc.constantFrom('voided', 'merged', 'unmerged', 'futureKind'), target: name, other: name }),
    fc.record({ kind: fc.constantFrom('credentialIssued', 'credentialRevoked'), credential: name }),
  ) as fc.Arbitrary<Fact>;
  fc.assert(
    fc.property(programs, fc.array(fc.tuple(name, strange), { maxLength: 12 }), (program, facts) => {
      const ledger = new Ledger(program, profile);
      for (const [event, fact] of facts) {
        const { effects } = ledger.book(event, fact);
        expect(numbersIn(effects).every(Number.isSafeInteger)).toBe(true);
      }
      ledger.state = apply(ledger.state, [{ kind: 'fromTheFuture', rule: 'x' } as unknown as Effect]);
      expect(ledger.state.unknown).toBe(1);
      expect(numbersIn(ledger.state).every(Number.isSafeInteger)).toBe(true);
      view(program, ledger.state, profile, '2026-03-02');
    }),
    runs,
  );
});

test('a state of this test really has what the laws are about', () => {
  const seen = { vouchers: 0, debts: 0, waiting: 0, carried: 0, tiers: 0, marks: 0, overdrawn: 0 };
  for (const [program, steps] of fc.sample(fc.tuple(programs, histories), { numRuns: 400, seed: 7 })) {
    const { state, booked } = played(program, steps);
    seen.vouchers += state.vouchers.length;
    seen.debts += Object.keys(state.debts).length;
    seen.waiting += state.waiting.length;
    seen.carried += Object.keys(state.carry).length;
    seen.tiers += state.tiers.length;
    seen.marks += Object.keys(state.firedFor).length;
    seen.overdrawn += booked.flatMap(({ effects }) => effects).filter(({ kind }) => kind === 'overdraw').length;
  }
  for (const [what, n] of Object.entries(seen)) expect(n, what).toBeGreaterThan(20);
});

test('acts are what can be reversed', () => {
  fc.assert(fc.property(acts, (act) => isReversible(act, true)));
});
