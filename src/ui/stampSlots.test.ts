import { describe, expect, it } from 'vitest';
import { slotsOf } from './stampSlots.ts';

const kinds = (card: Parameters<typeof slotsOf>[0]) =>
  slotsOf(card)
    .map((slot) => (slot.newest ? slot.kind.toUpperCase() : slot.kind).slice(0, 1))
    .join('');

describe('slotsOf', () => {
  it('draws ten for "nine bought, the tenth free"', () => {
    expect(kinds({ takes: 9, giftIsLast: true, filled: 8, openGifts: 0, newest: 0 })).toBe('iiiiiiiieg');
  });

  it('draws ten for "collect ten, get one"', () => {
    expect(kinds({ takes: 10, giftIsLast: false, filled: 3, openGifts: 0, newest: 1 })).toBe('iiIeeeeeee');
  });

  it('shows a card that has just filled up as full, with its newest stamp', () => {
    expect(kinds({ takes: 9, giftIsLast: true, filled: 0, openGifts: 1, newest: 1 })).toBe('iiiiiiiiIg');
  });

  it('turns the same stamp the same way every time', () => {
    const card = { takes: 9, giftIsLast: true, filled: 4, openGifts: 0, newest: 0 };
    expect(slotsOf(card).slice(0, 4)).toEqual(slotsOf({ ...card, filled: 5 }).slice(0, 4));
  });
});
