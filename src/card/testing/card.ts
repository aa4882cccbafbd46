import { emptyState } from '../../loyalty/emptyState.ts';
import { both } from '../../loyalty/presets.ts';
import type { CardDocument, HistoryEntry } from '../../protocol/card/cardDocument.ts';
import { createFormat } from '../../i18n/format.ts';
import type { Language } from '../../i18n/format.ts';
import type { Words } from '../words.ts';
import { catalogueFor, wordsOf } from '../words.ts';

/** A customer's card for tests: nine stamps and the tenth is free, one point for every 100 Ft. */
export function testCard(change: Partial<CardDocument> = {}): CardDocument {
  const { secret: _secret, ...program } = both({ scale: 0, takes: 9, giftIsLast: true, give: 1, per: 100 });
  return {
    business: {
      id: 'shop',
      name: 'Kávé & Kenyér',
      color: '#b23a1e',
      languages: ['hu', 'en'],
      currency: 'HUF',
      scale: 0,
      timeZone: 'Europe/Budapest',
      cutOverHour: 4,
      address: 'te',
      demo: false,
    },
    member: 'nora',
    token: 'A'.repeat(144),
    qrPrefix: 'HTTPS://CARDS.EXAMPLE/C/',
    typedCode: '7H3K9QX2M4TD',
    rotating: {},
    program,
    state: emptyState(),
    profile: null,
    history: [],
    gseq: 1,
    asOf: Date.UTC(2026, 2, 2, 9),
    recoveryCode: null,
    ...change,
  };
}

export function testWords(language: Language, address: 'te' | 'on' = 'te', card: CardDocument = testCard()): Words {
  return wordsOf(card, catalogueFor(address)[language], createFormat(language));
}

export function testEntry(change: Partial<HistoryEntry>): HistoryEntry {
  return {
    event: 'e1',
    kind: 'sale',
    at: Date.UTC(2026, 2, 2, 9),
    day: '2026-03-02',
    location: 'Fő utca',
    total: null,
    changes: [],
    rewards: [],
    why: [],
    voided: false,
    ...change,
  };
}
