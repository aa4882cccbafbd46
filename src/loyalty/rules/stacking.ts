import type { Rule } from '../program.ts';

/**
 * Rules of one group: all apply, or only the best for the customer, or only the first. The mode of a group is that of its
 * first rule; a rule without a group always applies.
 */
export function stack(
  rules: readonly Rule[],
  worth: (rule: Rule) => number,
): { readonly chosen: readonly Rule[]; readonly left: readonly Rule[] } {
  if (rules.every((rule) => rule.stacking === null)) return { chosen: rules, left: [] };
  const winners = new Map<string, Rule>();
  for (const rule of rules) {
    const { stacking } = rule;
    if (stacking === null) continue;
    const best = winners.get(stacking.group);
    if (best === undefined || isBetter(rule, best, modeOf(rules, stacking.group), worth)) {
      winners.set(stacking.group, rule);
    }
  }
  const wins = ({ stacking, id }: Rule) =>
    stacking === null || modeOf(rules, stacking.group) === 'all' || winners.get(stacking.group)?.id === id;
  return { chosen: rules.filter(wins), left: rules.filter((rule) => !wins(rule)) };
}

function modeOf(rules: readonly Rule[], group: string): 'all' | 'best' | 'first' {
  return rules.find((rule) => rule.stacking?.group === group)?.stacking?.mode ?? 'all';
}

function isBetter(rule: Rule, best: Rule, mode: 'all' | 'best' | 'first', worth: (rule: Rule) => number): boolean {
  if (mode === 'best' && worth(rule) !== worth(best)) return worth(rule) > worth(best);
  return (rule.stacking?.order ?? 0) < (best.stacking?.order ?? 0);
}
