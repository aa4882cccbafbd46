import { describe, expect, it } from 'vitest';
import { both } from '../../../loyalty/presets.ts';
import type { ProductDefinition } from '../../../loyalty/program.ts';
import { addItem, basketTotal, clearDigits, dropDigit, emptyBasket, saleOf, typeDigit } from './basket.ts';

const product = (id: string, price: number | null): ProductDefinition => ({
  id,
  name: { en: id },
  category: 'coffee',
  price,
  picture: 'cup',
});
const products = [product('latte', 1290), product('tip', null)];
const program = { ...both({ scale: 0 }), products };
const typed = (digits: string) => [...digits].reduce(typeDigit, emptyBasket);

describe('basket', () => {
  it('reads digits as the smallest unit and forgets leading zeros', () => {
    expect(basketTotal(typed('001290'), products)).toBe(1290);
    expect(typed('0')).toBe(emptyBasket);
  });

  it('adds up prices until an amount is typed, which then counts', () => {
    const two = addItem(addItem(emptyBasket, 'latte', 1), 'latte', 1);
    expect(basketTotal(two, products)).toBe(2580);
    expect(basketTotal(typeDigit(two, '9'), products)).toBe(9);
    expect(basketTotal(clearDigits(typeDigit(two, '9')), products)).toBe(2580);
  });

  it('knows no total where a price is not known', () => {
    expect(basketTotal(addItem(emptyBasket, 'tip', 1), products)).toBeNull();
    expect(basketTotal(emptyBasket, products)).toBeNull();
  });

  it('is the empty basket again when everything is taken out', () => {
    expect(addItem(addItem(emptyBasket, 'latte', 1), 'latte', -1)).toBe(emptyBasket);
    expect(dropDigit(typed('5'))).toBe(emptyBasket);
  });

  it('makes the sale with its lines', () => {
    expect(saleOf(addItem(emptyBasket, 'latte', 1), program, 9, true)).toEqual({
      kind: 'sale',
      total: 1290,
      lines: [{ product: 'latte', category: 'coffee', quantity: 1, amount: 1290, given: false }],
      hour: 9,
      external: null,
    });
  });

  it('counts one item of what is stamped where nothing was tapped, for members only', () => {
    expect(saleOf(typed('900'), program, 9, true)).toMatchObject({
      total: 900,
      lines: [{ category: 'coffee', quantity: 1, amount: null }],
    });
    expect(saleOf(typed('900'), program, 9, false).lines).toEqual([]);
    expect(saleOf(emptyBasket, { ...program, rules: [] }, 9, true).lines).toEqual([]);
  });
});
