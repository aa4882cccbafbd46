import type { Money } from '../../../loyalty/basics.ts';
import type { Sale, SaleLine } from '../../../loyalty/facts.ts';
import type { ProductDefinition } from '../../../loyalty/program.ts';

/** What is being sold, before it is recorded. */
export interface Basket {
  /** The amount as typed, in the smallest unit of money; empty: not typed. */
  readonly digits: string;
  /** How many of each product, by id. */
  readonly items: Readonly<Record<string, number>>;
}

export const emptyBasket: Basket = { digits: '', items: {} };

/** Longer amounts are slips of the finger. */
const MOST_DIGITS = 7;

export function typeDigit(basket: Basket, digit: string): Basket {
  const digits = `${basket.digits}${digit}`.replace(/^0+/, '');
  return digits.length > MOST_DIGITS ? basket : settle({ ...basket, digits });
}

export const dropDigit = (basket: Basket): Basket => settle({ ...basket, digits: basket.digits.slice(0, -1) });

export const clearDigits = (basket: Basket): Basket => settle({ ...basket, digits: '' });

export function addItem(basket: Basket, product: string, by: 1 | -1): Basket {
  const quantity = Math.max(0, (basket.items[product] ?? 0) + by);
  const { [product]: _, ...others } = basket.items;
  return settle({ ...basket, items: quantity > 0 ? { ...others, [product]: quantity } : others });
}

/** An empty basket is always the same one, so that "nothing is open" is one comparison. */
const settle = (basket: Basket): Basket =>
  basket.digits === '' && Object.keys(basket.items).length === 0 ? emptyBasket : basket;

/** What will be paid: as typed, else the prices of the items; `null` where neither is known. */
export function basketTotal(basket: Basket, products: readonly ProductDefinition[]): Money | null {
  if (basket.digits !== '') return Number(basket.digits);
  const lines = basketLines(basket, products);
  if (lines.length === 0 || lines.some((line) => line.amount === null)) return null;
  return lines.reduce((sum, line) => sum + (line.amount ?? 0), 0);
}

export function basketLines(basket: Basket, products: readonly ProductDefinition[]): readonly SaleLine[] {
  return products.flatMap((product) => {
    const quantity = basket.items[product.id];
    if (!quantity) return [];
    const amount = product.price === null ? null : product.price * quantity;
    return [{ product: product.id, category: product.category, quantity, amount, given: false }];
  });
}

/** The sale that the main button would record; `hour` of the shop's clock. */
export const saleOf = (basket: Basket, products: readonly ProductDefinition[], hour: number): Sale => ({
  kind: 'sale',
  total: basketTotal(basket, products),
  lines: basketLines(basket, products),
  hour,
  external: null,
});
