import { describe, expect, it } from 'vitest';
import { both } from '../../loyalty/presets.ts';
import {
  addReward,
  earningOf,
  giftOf,
  removeReward,
  rewardsFor,
  setCard,
  setPerSpend,
  setReward,
  setStampFor,
  stampUnits,
} from './edits.ts';

const program = both({ scale: 0 });

describe('editing a program', () => {
  it('keeps card and counting together when the number of stamps changes', () => {
    const changed = setCard(program, 'card', { takes: 7 });
    expect(stampUnits(changed)[0]?.card.takes).toBe(7);
    const full = changed.rules.find((rule) => rule.on.kind === 'milestone');
    expect(full?.on).toMatchObject({ at: 7 });
    expect(full?.do).toContainEqual({ kind: 'spend', unit: 'card', amount: 7 });
  });

  it('changes nothing else', () => {
    const changed = setCard(program, 'card', { takes: 7 });
    expect(setCard(changed, 'card', { takes: 9 })).toEqual(program);
    expect(setCard(program, 'card', { picture: 'book' }).rules).toBe(program.rules);
  });

  it('finds the gift of a card', () => {
    expect(giftOf(program, 'card')?.id).toBe('gift');
    expect(giftOf(program, 'points')).toBeNull();
  });

  it('changes what points cost in money', () => {
    expect(earningOf(setPerSpend(program, 'points', 2, 500), 'points')).toMatchObject({ give: 2, per: 500 });
    expect(earningOf(setPerSpend(program, 'points', 2, 500), 'card')).toEqual(earningOf(program, 'card'));
  });

  it('gives a stamp for a visit or for an item', () => {
    expect(earningOf(setStampFor(program, 'card', null), 'card')).toEqual({ kind: 'fixed', n: 1 });
    expect(earningOf(setStampFor(program, 'card', 'tea'), 'card')).toMatchObject({ kind: 'perItem', category: 'tea' });
  });

  it('adds, changes and removes a reward', () => {
    const added = addReward(program, 'r-1', 'points', { en: 'Cake' }, 400);
    expect(rewardsFor(added, 'points').map((one) => one.id)).toContain('r-1');
    const dearer = setReward(added, 'r-1', { cost: { unit: 'points', amount: 120 } });
    expect(dearer.rewards.at(-1)?.cost?.amount).toBe(120);
    expect(removeReward(dearer, 'r-1')).toEqual(program);
  });
});
