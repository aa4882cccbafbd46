import type { OfficeMessages } from '../../i18n/en/office.ts';
import type { Limit, Window } from '../../loyalty/program.ts';

export const LIMIT_WINDOWS = ['day', 'week', 'month', 'quarter', 'halfYear', 'year', 'allTime'] as const;
export type LimitWindow = (typeof LIMIT_WINDOWS)[number];

/** The span as it can be chosen; `null` for a rolling one, which can't. */
export function limitWindow(window: Window): LimitWindow | null {
  if (window.kind === 'rolling') return null;
  return window.kind === 'allTime' ? 'allTime' : window.of;
}

/** The limits of a reward in one line. */
export function limitText(limits: readonly Limit[], text: OfficeMessages): string {
  const say = text.program.limit;
  if (limits.length === 0) return say.none;
  return limits
    .map(({ n, per, window }) => {
      const span = limitWindow(window);
      const time = span === null ? say.days({ n: window.kind === 'rolling' ? window.days : 0 }) : say.windows[span];
      return `${n} · ${say.per[per]} · ${time}`;
    })
    .join(' / ');
}
