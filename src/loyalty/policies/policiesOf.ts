import type { Money } from '../basics.ts';
import type { Policies } from '../program.ts';

/** All policies with a value; `null`: no cap in money. */
export type AllPolicies = Required<Omit<Policies, 'offlineValuePerOutage'>> & {
  readonly offlineValuePerOutage: Money | null;
};

/** What holds where a version of a program says nothing, because it is older than the policy. */
const laterDefaults = {
  offlineValuePerOutage: null,
  staleHours: 24,
  ownWordPerDay: 2,
  phoneVoucherMinutes: 5,
  overdraftDays: 90,
  overdraftsToOnlineOnly: 2,
  overdraftsToBlock: 3,
} as const;

/** The policies of a program of any age. */
export function policiesOf(policies: Policies): AllPolicies {
  return { ...laterDefaults, ...policies };
}
