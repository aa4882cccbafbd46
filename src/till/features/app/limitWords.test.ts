import { expect, test } from 'vitest';
import { createFormat } from '../../../i18n/format.ts';
import { why as en } from '../../../i18n/en/why.ts';
import { why as hu } from '../../../i18n/hu/why.ts';
import type { Words } from './words.ts';
import { leftText, limitSentence } from './limitWords.ts';

const day = { kind: 'calendar', of: 'day' } as const;
const english = { why: en, format: createFormat('en') } as unknown as Words;
const magyar = { why: hu, format: createFormat('hu') } as unknown as Words;

test('says whose limit is reached, and where there is still something', () => {
  const reached = { kind: 'limitReached', n: 20, window: day, elsewhere: 0 } as const;
  expect(limitSentence(english, { ...reached, per: 'business' })).toBe(
    'Here for today: none left (at most 20 in the whole shop).',
  );
  expect(limitSentence(english, { ...reached, per: 'business', elsewhere: 4 })).toBe(
    'Here for today: none left. At the other tills: 4.',
  );
  expect(limitSentence(english, { ...reached, per: 'device' })).toBe(
    'Here for today: none left (at most 20 per till).',
  );
  expect(limitSentence(english, { ...reached, per: 'member', window: { kind: 'rolling', days: 7 } })).toBe(
    'This customer within 7 days: no more (at most 20).',
  );
  expect(limitSentence(magyar, { ...reached, per: 'device' })).toBe('Itt mára: elfogyott (kasszánként legfeljebb 20).');
});

test('says what is left here', () => {
  expect(leftText(english, { left: 12, elsewhere: 3, window: day })).toBe('Here for today: 12 left');
  expect(leftText(magyar, { left: 12, elsewhere: 3, window: day })).toBe('Itt mára: még 12');
  expect(leftText(english, { left: 0, elsewhere: 0, window: { kind: 'allTime' } })).toBe('Here in all: none left');
  expect(leftText(magyar, { left: 0, elsewhere: 3, window: day })).toBe('Itt mára: elfogyott. A többi kasszánál: 3.');
});
