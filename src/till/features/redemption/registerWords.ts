import type { TillMessages } from '../../../i18n/en/till.ts';
import type { RewardGives } from '../../../loyalty/program.ts';

/** What has to be entered at the cash register; null for a gift that is not sold there. */
export function registerWords(
  say: TillMessages['redemption'],
  gives: RewardGives,
  money: (amount: number) => string,
  number: (value: number) => string,
): string | null {
  switch (gives.kind) {
    case 'freeItem':
      return say.wholePrice;
    case 'amountOff':
      return say.amountOff({ amount: money(gives.amount) });
    case 'percentOff':
      return say.percentOff({ percent: number(gives.percent) });
    case 'gift':
      return null;
  }
}
