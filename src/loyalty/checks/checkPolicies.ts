import { policiesOf } from '../policies/policiesOf.ts';
import type { Policies } from '../program.ts';
import { checkMoney, type Report } from './programProblem.ts';

/** Longer than this no till trusts what it knows, and no day key of a rotating code reaches. */
const LONGEST_HOURS = 720;
/** How far back overdrafts are kept. */
const LONGEST_DAYS = 400;
const LONGEST_VOUCHER_MINUTES = 60;

/** Whole numbers, within what the engine can keep its word on, and steps that rise. */
export function checkPolicies(policies: Policies, report: Report): void {
  for (const [name, n] of Object.entries(policies)) checkMoney(n, `policies/${name}`, report);
  const all = policiesOf(policies);
  const within = (name: keyof typeof all, least: number, most: number) => {
    const n = all[name];
    if (n !== null && (n < least || n > most)) report(`policies/${name}`, 'outOfRange');
  };
  within('offlineRedeemHours', 0, LONGEST_HOURS);
  within('staleHours', 1, LONGEST_HOURS);
  within('phoneVoucherMinutes', 0, LONGEST_VOUCHER_MINUTES);
  within('overdraftDays', 1, LONGEST_DAYS);
  // Blocked before (or as soon as) online only would never let the softer step be seen.
  if (all.overdraftsToBlock > 0 && all.overdraftsToBlock <= all.overdraftsToOnlineOnly) {
    report('policies/overdraftsToBlock', 'outOfRange');
  }
}
