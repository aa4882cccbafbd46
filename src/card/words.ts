import type { CardMessages } from '../i18n/en/card.ts';
import { cardEn } from '../i18n/en/card.ts';
import { cardHu } from '../i18n/hu/card.ts';
import type { Format, Language } from '../i18n/format.ts';
import { textIn } from '../i18n/format.ts';
import type { UnitDefinition } from '../loyalty/program.ts';
import type { CardDocument } from '../protocol/card/cardDocument.ts';
import { messagesHook, useFormat } from '../ui/language.tsx';

export const useMessages = messagesHook<CardMessages>();

const CATALOGUES: Readonly<Record<'te' | 'on', Readonly<Record<Language, CardMessages>>>> = {
  te: { en: cardEn, hu: cardHu('te') },
  on: { en: cardEn, hu: cardHu('on') },
};

/** The card's messages, in the form of address that the business has chosen. */
export function catalogueFor(address: 'te' | 'on'): Readonly<Record<Language, CardMessages>> {
  return CATALOGUES[address];
}

export interface Words {
  readonly messages: CardMessages;
  readonly format: Format;
  /** A text of the program in the customer's language, else in the business's. */
  readonly text: (text: Readonly<Record<string, string>>) => string;
  /** An amount of a unit in words: `3 stamps`, `1 200 points`, or money. */
  readonly amount: (unit: string, n: number) => string;
  readonly money: (n: number) => string;
}

type Shop = { readonly business: CardDocument['business']; readonly program: CardDocument['program'] };

/** How this shop's things are said in the language of the moment. */
export function useWords(shop: Shop): Words {
  return wordsOf(shop, useMessages(), useFormat());
}

/** The same outside of a component. */
export function wordsOf({ business, program }: Shop, messages: CardMessages, format: Format): Words {
  const money = (n: number) => format.money(n, business);
  const amountOf = (kind: UnitDefinition['kind'], n: number) =>
    kind === 'credit' ? money(n) : messages.units[kind]({ amount: format.number(n), n });
  return {
    messages,
    format,
    text: (text) => textIn(text, format.language, business.languages[0] ?? 'en'),
    money,
    amount: (unit, n) => amountOf(program.units.find((each) => each.id === unit)?.kind ?? 'points', n),
  };
}
