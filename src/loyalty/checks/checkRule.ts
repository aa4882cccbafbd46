import { checkLimitList } from './checkLimitList.ts';
import { checkCount, type Report } from './programProblem.ts';
import { isDay } from '../days.ts';
import { isMilestone, takenPerFiring } from '../rules/milestones.ts';
import type { Action, Expression, Program, Rule } from '../program.ts';

const deepest = 16;

/** One rule of a program: what it refers to is there, and its numbers make sense. */
export function checkRule(program: Program, rule: Rule, report: Report): void {
  const at = `rules/${rule.id}`;
  rule.do.forEach((action, index) => checkAction(program, action, `${at}/do/${index}`, report));
  const remainders = rule.do.filter((action) => action.kind === 'credit' && action.amount.kind === 'perSpend');
  if (remainders.length > 1) report(`${at}/do`, 'severalRemainders');
  checkTrigger(program, rule, `${at}/on`, report);
  checkLimitList(rule.limits, at, report);
  if (rule.on.kind === 'tierReached' && rule.limits.some(({ per }) => per !== 'member')) {
    report(`${at}/limits`, 'limitNotHeld');
  }
  for (const day of [rule.active?.from, rule.active?.to]) {
    if (typeof day === 'string' && !isDay(day)) report(`${at}/active`, 'badDay');
  }
  for (const [name, of] of [
    ['who', rule.who],
    ['when', rule.when],
  ] as const) {
    if (of !== null && depthOf(of) > deepest) report(`${at}/${name}`, 'tooDeep');
  }
  const { stacking } = rule;
  if (stacking !== null && program.rules.some((other) => isOtherMode(stacking, other.stacking))) {
    report(`${at}/stacking`, 'stackingModes');
  }
}

function isOtherMode(mine: NonNullable<Rule['stacking']>, other: Rule['stacking']): boolean {
  return other !== null && other.group === mine.group && other.mode !== mine.mode;
}

function checkTrigger(program: Program, rule: Rule, at: string, report: Report): void {
  if (rule.on.kind === 'lapse') checkCount(rule.on.days, at, report);
  if (rule.on.kind === 'tierReached') checkTier(program, rule.on.tier, at, report);
  if (!isMilestone(rule)) return;
  checkCount(rule.on.at, at, report);
  const { counter } = rule.on;
  if (counter.kind !== 'unit') return;
  const unit = program.units.find(({ id }) => id === counter.unit);
  if (unit === undefined) report(at, 'unknownUnit');
  // Drawing, wording and counting of a card come from the same numbers.
  const takes = takenPerFiring(rule);
  if (unit?.card && (takes !== unit.card.takes || rule.on.at !== takes)) report(at, 'cardMismatch');
}

function checkAction(program: Program, action: Action, at: string, report: Report): void {
  switch (action.kind) {
    case 'credit':
      checkUnit(program, action.unit, at, report);
      if (action.amount.kind === 'fixed') checkCount(action.amount.n, at, report);
      else checkCount(action.amount.give, at, report);
      if (action.amount.kind === 'perSpend') checkCount(action.amount.per, at, report);
      return;
    case 'spend':
      checkUnit(program, action.unit, at, report);
      return checkCount(action.amount, at, report);
    case 'issue':
      if (!program.rewards.some(({ id }) => id === action.reward)) report(at, 'unknownReward');
      return checkCount(action.expiry?.n, at, report);
    case 'grantTier':
      return checkTier(program, action.tier, at, report);
    case 'badge':
      return;
  }
}

function checkUnit(program: Program, unit: string, at: string, report: Report): void {
  if (!program.units.some(({ id }) => id === unit)) report(at, 'unknownUnit');
}

function checkTier(program: Program, tier: string, at: string, report: Report): void {
  if (!program.tiers.some(({ id }) => id === tier)) report(at, 'unknownTier');
}

function depthOf(expression: Expression): number {
  switch (expression.op) {
    case 'const':
    case 'field':
    case 'counter':
      return 1;
    case 'not':
      return 1 + depthOf(expression.of);
    case 'eq':
    case 'ne':
    case 'lt':
    case 'le':
    case 'gt':
    case 'ge':
    case 'subtract':
    case 'divide':
      return 1 + Math.max(depthOf(expression.left), depthOf(expression.right));
    default:
      return 1 + Math.max(0, ...expression.of.map(depthOf));
  }
}
