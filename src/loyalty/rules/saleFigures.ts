import type { PartOfDay } from '../basics.ts';
import type { Sale } from '../facts.ts';
import { atLeastZero } from '../integers.ts';
import { addTo, countOf } from '../records.ts';

/** What of a sale counts: paid lines only, whole numbers only. */
export interface SaleFigures {
  readonly sale: Sale;
  /** What was paid; from the lines where no total was told. */
  readonly spend: number;
  /** Paid items by category. */
  readonly items: Readonly<Record<string, number>>;
  /** false: everything was had for rewards, so nothing is earned. */
  readonly paid: boolean;
  readonly part: PartOfDay;
}

/** Sums up what of a sale counts; read once per fact, asked by every rule. */
export function figuresOf(sale: Sale): SaleFigures {
  const items: Record<string, number> = {};
  for (const line of sale.lines) if (!line.given) addTo(items, line.category, atLeastZero(line.quantity));
  const spend = saleTotal(sale);
  const paid = spend > 0 || sale.lines.length === 0 || sale.lines.some((line) => !line.given);
  return { sale, spend, items, paid, part: partOf(sale.hour) };
}

/** The money of a sale, that refunds are parts of. */
export function saleTotal(sale: Sale): number {
  return sale.total === null ? spendIn(sale, null) : atLeastZero(sale.total);
}

/** Paid money of one category (`null`: of all lines). */
export function spendIn(sale: Sale, category: string | null): number {
  let sum = 0;
  for (const line of sale.lines) {
    if (!line.given && (category === null || line.category === category)) sum += atLeastZero(line.amount ?? 0);
  }
  return sum;
}

/** Paid items of one category or product (`null`: of any). */
export function quantityOf(figures: SaleFigures, category: string | null, product: string | null): number {
  if (product === null && category !== null) return countOf(figures.items, category);
  let sum = 0;
  for (const line of figures.sale.lines) {
    if (line.given || (product !== null && line.product !== product)) continue;
    if (category === null || line.category === category) sum += atLeastZero(line.quantity);
  }
  return sum;
}

function partOf(hour: number): PartOfDay {
  if (hour < 11) return 'morning';
  if (hour < 14) return 'midday';
  return hour < 17 ? 'afternoon' : 'evening';
}
