import type { Sale, SaleLine } from '../../loyalty/facts.ts';
import type { ProductDefinition } from '../../loyalty/program.ts';
import type { Chance } from './chance.ts';

/** What somebody buys: mostly a coffee, often something with it. */
export function basketOf(chance: Chance, products: readonly ProductDefinition[], hour: number): Sale {
  const inGroup = (...groups: readonly string[]) => products.filter((one) => groups.includes(one.category));
  const lines: SaleLine[] = [];
  const add = (from: readonly ProductDefinition[], quantity = 1) => {
    const [first, ...rest] = from;
    if (first) lines.push(lineOf(chance.pick([first, ...rest]), quantity));
  };
  if (chance.in100(88)) add(inGroup('coffee'), chance.in100(14) ? 2 : 1);
  else add(inGroup('tea'));
  if (chance.in100(hour < 11 ? 45 : 25)) add(inGroup('pastry'));
  if (hour >= 11 && hour <= 14 && chance.in100(40)) add(inGroup('food'));
  return saleOf(lines, hour);
}

/** A sale of one coffee and whatever makes up the rest of the amount. */
export function coffeeAnd(products: readonly ProductDefinition[], total: number, hour: number): Sale {
  const coffee = products.find((one) => one.category === 'coffee');
  const first = coffee ? lineOf(coffee, 1) : null;
  const rest = total - (first?.amount ?? 0);
  const other: SaleLine = { product: null, category: 'other', quantity: 1, amount: rest, given: false };
  return saleOf([...(first ? [first] : []), ...(rest > 0 ? [other] : [])], hour);
}

function lineOf(product: ProductDefinition, quantity: number): SaleLine {
  const amount = (product.price ?? 0) * quantity;
  return { product: product.id, category: product.category, quantity, amount, given: false };
}

function saleOf(lines: readonly SaleLine[], hour: number): Sale {
  const total = lines.reduce((sum, line) => sum + (line.amount ?? 0), 0);
  return { kind: 'sale', total, lines, hour, external: null };
}
