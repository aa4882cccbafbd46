import type { Refusal } from '../../../loyalty/decision.ts';
import type { Window } from '../../../loyalty/program.ts';
import type { RewardLeft } from '../../till.ts';
import type { Words } from './words.ts';

type Reached = Extract<Refusal, { readonly kind: 'limitReached' }>;

/** Which limit is reached: this customer's, this till's, or the whole shop's, and where there is still something. */
export function limitSentence(words: Words, { per, n, window, elsewhere }: Reached): string {
  const say = words.why.limit;
  const span = windowText(words, window);
  const { number } = words.format;
  if (per === 'member') return say.member({ window: span, n: number(n) });
  if (per === 'device') return say.device({ window: span, n: number(n) });
  return elsewhere > 0
    ? say.elsewhere({ window: span, n: number(elsewhere) })
    : say.business({ window: span, n: number(n) });
}

/** What is left at this till, beside the reward. */
export function leftText(words: Words, { left, elsewhere, window }: RewardLeft): string {
  const say = words.why.limit;
  const span = windowText(words, window);
  if (left > 0) return say.left({ window: span, n: words.format.number(left) });
  return elsewhere > 0
    ? say.elsewhere({ window: span, n: words.format.number(elsewhere) })
    : say.none({ window: span });
}

function windowText(words: Words, window: Window): string {
  const { windows } = words.why.limit;
  if (window.kind === 'allTime') return windows.allTime;
  return window.kind === 'rolling' ? windows.rolling({ n: words.format.number(window.days) }) : windows[window.of];
}
