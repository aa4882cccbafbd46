import type { Picture } from './basics.ts';
import type { ProductDefinition } from './program.ts';

/** Products of a cafe to start from, with prices in the currency's scale (0: forints, otherwise hundredths). */
export function sampleProducts(scale: number): readonly ProductDefinition[] {
  return table.map(([id, en, hu, category, picture, forints, hundredths]) => ({
    id,
    name: { en, hu },
    category,
    price: scale === 0 ? forints : hundredths,
    picture,
  }));
}

const table: readonly (readonly [string, string, string, string, Picture, number, number])[] = [
  ['espresso', 'Espresso', 'Eszpresszó', 'coffee', 'cup', 790, 220],
  ['cappuccino', 'Cappuccino', 'Cappuccino', 'coffee', 'cup', 1190, 340],
  ['latte', 'Caffè latte', 'Caffè latte', 'coffee', 'cup', 1290, 380],
  ['flatWhite', 'Flat white', 'Flat white', 'coffee', 'cup', 1390, 390],
  ['tea', 'Tea', 'Tea', 'tea', 'cup', 990, 300],
  ['croissant', 'Croissant', 'Croissant', 'pastry', 'cake', 950, 280],
  ['cake', 'Slice of cake', 'Szelet torta', 'pastry', 'cake', 1490, 450],
  ['sandwich', 'Sandwich', 'Szendvics', 'food', 'plate', 1890, 590],
];
