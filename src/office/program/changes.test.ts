import { describe, expect, it } from 'vitest';
import { officeEn } from '../../i18n/en/office.ts';
import { both } from '../../loyalty/presets.ts';
import { changesOf } from './changes.ts';
import { removeReward, setCard, setPolicies, setReward } from './edits.ts';

const program = both({ scale: 0 });
const words = {
  text: officeEn,
  money: (n: number) => `${n} Ft`,
  name: (of: Readonly<Record<string, string>>) => of['en'] ?? '',
};

describe('changesOf', () => {
  it('finds nothing where nothing changed', () => {
    expect(changesOf(program, structuredClone(program), words)).toEqual([]);
  });

  it('says a number before and after', () => {
    expect(changesOf(program, setCard(program, 'card', { takes: 7 }), words)).toEqual([
      { what: 'Coffee card · Stamps for the gift', from: '9', to: '7' },
    ]);
  });

  it('says what is gone', () => {
    const changes = changesOf(program, removeReward(program, 'mug'), words);
    expect(changes).toEqual([
      { what: 'Reward', from: 'Mug / Bögre', to: null },
      { what: 'Mug · Points', from: '250', to: null },
    ]);
  });

  it('says how often a reward can be had, for whom and in what time', () => {
    const day = { kind: 'calendar', of: 'day' } as const;
    const next = setReward(program, 'mug', {
      limits: [
        { n: 20, per: 'business', window: day },
        { n: 1, per: 'member', window: { kind: 'rolling', days: 7 } },
      ],
    });
    expect(changesOf(program, next, words)).toEqual([
      {
        what: 'Mug · Only so often',
        from: 'as often as one likes',
        to: '20 · in the whole shop · a day / 1 · per customer · in 7 days',
      },
    ]);
  });

  it('sees costs and limits', () => {
    const next = setPolicies(setReward(program, 'mug', { costToShop: 2000 }), { offlineRedeemHours: 24 });
    expect(changesOf(program, next, words).map((one) => one.to)).toEqual(['2000 Ft', '24']);
  });
});
