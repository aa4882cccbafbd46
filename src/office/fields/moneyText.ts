import type { Money } from '../../loyalty/basics.ts';

/** Plain digits for an input field: `1290`, `3.50`. */
export function moneyText(value: Money | null, scale: number): string {
  if (value === null) return '';
  if (scale === 0) return String(value);
  const digits = String(value).padStart(scale + 1, '0');
  return `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** What was typed as the ledger's integer; `null` where nothing was typed, `undefined` where it is no amount of money. */
export function readMoney(typed: string, scale: number): Money | null | undefined {
  const compact = typed.replaceAll(/[\s\u00a0\u202f]/g, '').replace(',', '.');
  if (compact === '') return null;
  const match = /^(\d{1,9})(?:\.(\d*))?$/.exec(compact);
  if (!match) return undefined;
  const decimals = match[2] ?? '';
  if (decimals.length > scale || (scale === 0 && compact.includes('.'))) return undefined;
  return Number((match[1] ?? '0') + decimals.padEnd(scale, '0'));
}
