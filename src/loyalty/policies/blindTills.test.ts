import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { effectsOf } from '../effectsOf.ts';
import type { Fact } from '../facts.ts';
import { held } from '../fold/lots.ts';
import { both, stampCard } from '../presets.ts';
import { contextOf, Ledger, redeemed, saleOf, voided } from '../testing/world.ts';

describe('tills that cannot see each other', () => {
  test('however many add the last stamp, each full card is found once, under the name that all of them told', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 }), fc.nat(40), fc.integer({ min: 1, max: 8 }), (takes, had, tills) => {
        const program = stampCard({ scale: 0, takes });
        const ledger = new Ledger(program);
        for (let n = 0; n < had; n += 1) ledger.book(`s${n}`, saleOf(null));
        const told = new Set<string>();
        for (let n = 0; n < tills; n += 1) {
          const { effects } = effectsOf(program, ledger.state, saleOf(null), contextOf(`t${n}`, '2026-03-02'));
          for (const effect of effects) if (effect.kind === 'issue') told.add(effect.voucher);
        }
        for (let n = 0; n < tills; n += 1) ledger.book(`t${n}`, saleOf(null));
        const names = ledger.state.vouchers.map(({ id }) => id);
        expect(names).toEqual(Array.from({ length: Math.floor((had + tills) / takes) }, (_, n) => `full/${n + 1}`));
        expect([...told].every((name) => names.includes(name))).toBe(true);
        expect(held(ledger.state, 'card', '2026-03-02')).toBe((had + tills) % takes);
      }),
      { numRuns: 200 },
    );
  });

  test('a voucher that n tills give away is n - 1 overdrafts, and each void takes one back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.nat(20), fc.boolean(), (tills, seed, ahead) => {
        const ledger = new Ledger(both({ scale: 0 }));
        const issue: Fact = { kind: 'goodwillReward', reason: 'r', reward: 'gift' };
        if (!ahead) ledger.book('g', issue);
        let overdrafts = 0;
        for (let n = 0; n < tills; n += 1) {
          const { effects } = ledger.book(`r${n}`, redeemed('gift', 'fact/g'));
          overdrafts += effects.filter(({ kind }) => kind === 'overdraw').length;
        }
        if (ahead) ledger.book('g', issue);
        expect(overdrafts).toBe(tills - 1);
        expect(ledger.state.vouchers).toMatchObject([{ status: 'consumed' }]);
        for (let n = 0; n < tills; n += 1) {
          const { effects } = ledger.book(`v${n}`, voided(`r${(n + seed) % tills}`));
          expect(effects).toContainEqual(expect.objectContaining({ kind: 'reopen', held: n < tills - 1 }));
        }
        expect(ledger.state.vouchers).toMatchObject([{ status: 'open', by: [] }]);
      }),
      { numRuns: 200 },
    );
  });
});
