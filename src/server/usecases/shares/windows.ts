import type { Day } from '../../../loyalty/basics.ts';
import { addDays, weekday } from '../../../loyalty/days.ts';
import { rewardKey } from '../../../loyalty/limits/limits.ts';
import type { ActiveWindow, Program } from '../../../loyalty/program.ts';
import { poolOf, readPool } from '../../../loyalty/limits/shares.ts';
import { sharedLimits } from '../../../loyalty/limits/sharesLeft.ts';

/** A pool that should be granted by now. */
export interface DuePool {
  readonly pool: string;
  readonly n: number;
  /** The rule's or reward's id in the program. */
  readonly subject: string;
  readonly from: Day | null;
}

/** The pools of all limits for the whole business whose window is open on `today` or opens up to `horizon`. */
export function duePools(program: Program, today: Day, horizon: Day): readonly DuePool[] {
  const subjects = [
    ...program.rewards.map(({ id, active }) => ({ key: rewardKey(id), id, active })),
    ...program.rules.map(({ id, active }) => ({ key: id, id, active })),
  ];
  const due: DuePool[] = [];
  for (const { id: key, limit } of sharedLimits(program)) {
    const subject = subjects.find((one) => one.key === key);
    if (limit.per !== 'business' || subject === undefined) continue;
    for (let day: Day | null = today; day !== null && day <= horizon;) {
      const pool = poolOf(key, limit, day);
      const window = pool === null ? null : readPool(pool);
      if (pool === null || window === null) break;
      const { from, until } = window;
      if (isOn(subject.active, from, until)) due.push({ pool, n: limit.n, subject: subject.id, from });
      day = until === null ? null : addDays(until, 1);
    }
  }
  return due;
}

/** Whether an offer can be had on some day of a window. */
function isOn(active: ActiveWindow | null, from: Day | null, until: Day | null): boolean {
  if (active === null) return true;
  if (active.to !== null && from !== null && from > active.to) return false;
  if (active.from !== null && until !== null && until < active.from) return false;
  return from === null || from !== until || (active.weekdays?.includes(weekday(from)) ?? true);
}
