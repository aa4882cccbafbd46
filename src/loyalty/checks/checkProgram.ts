import { checkCount, checkMoney, type ProgramProblem } from './programProblem.ts';
import { checkLimitList } from './checkLimitList.ts';
import { checkRule } from './checkRule.ts';
import { checkPolicies } from './checkPolicies.ts';
import type { Program } from '../program.ts';

/** Checks that a program holds together: ids, references, whole and positive numbers, days that exist. Pure. */
export function checkProgram(program: Program): readonly ProgramProblem[] {
  const problems: ProgramProblem[] = [];
  const report = (at: string, kind: ProgramProblem['kind']) => problems.push({ at, kind });
  const lists = ['units', 'rewards', 'tiers', 'products', 'rules'] as const;
  for (const list of lists) {
    const seen = new Set<string>();
    for (const { id, name } of program[list]) {
      // Names of firings are built with / and #, so that ids must not have them.
      if (!/^[A-Za-z0-9_-]{1,60}$/.test(id)) report(`${list}/${id}`, 'badId');
      if (seen.has(id)) report(`${list}/${id}`, 'duplicateId');
      seen.add(id);
      if (!Object.values(name).some((text) => text.trim() !== '')) report(`${list}/${id}/name`, 'nameMissing');
    }
  }
  for (const unit of program.units) {
    if ((unit.kind === 'stamps') !== (unit.card !== null)) report(`units/${unit.id}/card`, 'cardMissing');
    checkCount(unit.card?.takes, `units/${unit.id}/card/takes`, report);
    checkCount(unit.expiry?.n, `units/${unit.id}/expiry`, report);
  }
  for (const reward of program.rewards) {
    const at = `rewards/${reward.id}`;
    checkCount(reward.cost?.amount, `${at}/cost`, report);
    if (reward.cost !== null && !program.units.some(({ id }) => id === reward.cost?.unit)) {
      report(`${at}/cost`, 'unknownUnit');
    }
    checkMoney(reward.costToShop, `${at}/costToShop`, report);
    checkLimitList(reward.limits, at, report);
    for (const [name, n] of Object.entries(reward.offline ?? {})) checkMoney(n, `${at}/offline/${name}`, report);
    if (reward.gives.kind === 'amountOff') checkCount(reward.gives.amount, `${at}/gives`, report);
    if (reward.gives.kind === 'percentOff' && !(reward.gives.percent >= 1 && reward.gives.percent <= 100)) {
      report(`${at}/gives`, 'outOfRange');
    }
  }
  for (const { id, price } of program.products) if (price !== null) checkMoney(price, `products/${id}/price`, report);
  checkPolicies(program.policies, report);
  for (const rule of program.rules) checkRule(program, rule, report);
  return problems;
}
