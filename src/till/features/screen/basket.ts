import type { Money } from '../../../loyalty/basics.ts';
import type { Sale, SaleLine } from '../../../loyalty/facts.ts';
import type { ProductDefinition, Program } from '../../../loyalty/program.ts';

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

function basketLines(basket: Basket, products: readonly ProductDefinition[]): readonly SaleLine[] {
  return products.flatMap((product) => {
    const quantity = basket.items[product.id];
    if (!quantity) return [];
    const amount = product.price === null ? null : product.price * quantity;
    return [{ product: product.id, category: product.category, quantity, amount, given: false }];
  });
}

/**
 * The sale that the main button would record; `hour` of the shop's clock. Where nothing was tapped, a member's sale counts
 * as one item of what the shop stamps: "just one stamp" must not need a product.
 */
export function saleOf(basket: Basket, program: Program, hour: number, member: boolean): Sale {
  const tapped = basketLines(basket, program.products);
  const lines = tapped.length === 0 && member ? stampLine(program) : tapped;
  return { kind: 'sale', total: basketTotal(basket, program.products), lines, hour, external: null };
}

function stampLine(program: Program): readonly SaleLine[] {
  const stamps = new Set(program.units.filter((unit) => unit.kind === 'stamps').map((unit) => unit.id));
  for (const rule of program.rules) {
    for (const action of rule.on.kind === 'sale' ? rule.do : []) {
      if (action.kind !== 'credit' || !stamps.has(action.unit) || action.amount.kind !== 'perItem') continue;
      const { product, category } = action.amount;
      const known = program.products.find((one) => one.id === product);
      return [{ product, category: known?.category ?? category ?? '', quantity: 1, amount: null, given: false }];
    }
  }
  return [];
}
