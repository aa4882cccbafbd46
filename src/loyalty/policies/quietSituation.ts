import type { Situation } from '../decision.ts';

/** The part of a situation that only a till has, as it is where nothing of it plays a role: the server judges by the rest. */
export const quietSituation = {
  clockBehind: false,
  reservation: null,
  lastEarnAt: null,
  secondPurchase: false,
  targetAt: null,
  ownTarget: false,
  goodwillToday: 0,
} as const satisfies Partial<Situation>;
