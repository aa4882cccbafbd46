import type { CardMessages } from '../../i18n/en/card.ts';

const MINUTE = 60_000;

/** How old what the card shows is, in words; and that there is no internet, where the last try did not reach the server. */
export function freshnessOf(messages: CardMessages['fresh'], age: number, reached: boolean): string {
  const when = whenOf(messages, Math.max(0, age));
  return reached ? when : messages.offline({ when });
}

function whenOf(messages: CardMessages['fresh'], age: number): string {
  if (age < MINUTE) return messages.now;
  if (age < 60 * MINUTE) return messages.minutes({ n: Math.floor(age / MINUTE) });
  if (age < 24 * 60 * MINUTE) return messages.hours({ n: Math.floor(age / (60 * MINUTE)) });
  return messages.days({ n: Math.floor(age / (24 * 60 * MINUTE)) });
}
