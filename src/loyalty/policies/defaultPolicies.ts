import type { Policies } from '../program.ts';

/** The bounds of risk before the owner changes them; what each means is said at `Policies`. */
export const defaultPolicies: Policies = {
  offlineRedeemHours: 72,
  offlineRedemptionsPerMember24h: 1,
  offlineRedemptionsPerOutage: 20,
  cooldownSeconds: 120,
  earningEventsPerDay: 3,
  voidFreeMinutes: 5,
  goodwillPerStaffPerDay: 3,
  voidGraceDays: 7,
  grantToldUpTo: 0,
};
