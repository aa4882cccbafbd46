import type { WhyMessages } from '../../../i18n/en/why.ts';
import type { SharedMessages } from '../../../i18n/en/shared.ts';
import { textIn, type Format, type Language } from '../../../i18n/format.ts';
import type { Text, UnitId } from '../../../loyalty/basics.ts';
import type { Shop } from '../../till.ts';

/** What it takes to say the engine's data in sentences. */
export interface Words {
  readonly shop: Shop;
  readonly language: Language;
  readonly format: Format;
  readonly shared: SharedMessages;
  readonly why: WhyMessages;
}

const text = (words: Words, of: Text): string => textIn(of, words.language, words.shop.business.languages[0] ?? 'en');

/** Money as the shop writes it. */
export const money = (words: Words, amount: number): string => words.format.money(amount, words.shop.business);

/** `12 points`, `1 stamp`, or money for a credit. */
export function amountOf(words: Words, unit: UnitId, amount: number): string {
  const kind = words.shop.program.units.find((known) => known.id === unit)?.kind;
  if (kind === 'credit') return money(words, amount);
  const n = words.format.number(amount);
  return kind === 'stamps' ? words.shared.stamps({ n }) : words.shared.points({ n });
}

/** In the words of the screen; what the program does not know any more keeps its id. */
export function rewardName(words: Words, id: string): string {
  const reward = words.shop.program.rewards.find((known) => known.id === id);
  return reward ? text(words, reward.name) : id;
}

/** As `rewardName`, for a rule. */
export function ruleName(words: Words, id: string): string {
  const rule = words.shop.program.rules.find((known) => known.id === id);
  return rule ? text(words, rule.name) : id;
}
