import { checkCount, type Report } from './programProblem.ts';
import type { Limit } from '../program.ts';
import { limitName } from '../limits/shares.ts';

/** The limits of one rule or reward: whole numbers, and windows that can be held as shares where tills have to share. */
export function checkLimitList(limits: readonly Limit[], at: string, report: Report): void {
  const seen = new Set<string>();
  for (const [index, limit] of limits.entries()) {
    const here = `${at}/limits/${index}`;
    checkCount(limit.n, here, report);
    if (limit.window.kind === 'rolling') checkCount(limit.window.days, here, report);
    if (limit.per === 'member') continue;
    const name = limitName('', limit);
    if (name === null) report(here, 'windowNotShared');
    else if (seen.has(name)) report(here, 'duplicateLimit');
    else seen.add(name);
  }
}
