import { expect, it } from 'vitest';
import { both } from '../../loyalty/presets.ts';
import { sampleView } from './sampleView.ts';

it('shows a member one stamp short of the gift, with points for the cheapest reward', () => {
  const shown = sampleView(both({ scale: 0 }));
  expect(shown.balances.find((one) => one.kind === 'stamps')?.card).toMatchObject({
    filled: 8,
    takes: 9,
    openGifts: 0,
  });
  expect(shown.available.map((one) => one.reward)).toEqual(['coffee']);
  expect(shown.near.map((one) => one.reward)).toContain('gift');
});
