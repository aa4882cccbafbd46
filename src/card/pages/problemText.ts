import type { CardMessages } from '../../i18n/en/card.ts';
import type { Problem } from '../phone/api.ts';

/** What went wrong, as a sentence for the customer. */
export function problemText(messages: CardMessages, problem: Problem): string {
  switch (problem) {
    case 'offline':
      return messages.offline.action;
    case 'tooMany':
      return messages.error.tooMany;
    case 'unknown':
      return messages.found.unknownTitle;
    case 'taken':
      return messages.found.takenTitle;
    case 'noCard':
      return messages.none.title;
    case 'error':
      return `${messages.error.title}. ${messages.error.text}`;
  }
}
