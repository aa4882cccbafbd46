import type { Money, Text, UnitId } from '../../loyalty/basics.ts';
import type {
  Amount,
  Policies,
  ProductDefinition,
  Program,
  RewardDefinition,
  RewardOffline,
  Rule,
  StampCard,
  UnitDefinition,
} from '../../loyalty/program.ts';

/**
 * What an owner can change of a program, as pure steps from one program to the next. A stamp card is one unit, the rule
 * that gives its stamps and the rule that turns a full card into the gift; these steps keep the three together.
 */

type StampUnit = UnitDefinition & { readonly card: StampCard };

/** The stamp cards of a program. */
export function stampUnits(program: Program): readonly StampUnit[] {
  return program.units.filter((unit): unit is StampUnit => unit.card !== null);
}

export function pointUnits(program: Program): readonly UnitDefinition[] {
  return program.units.filter((unit) => unit.kind === 'points');
}

/** The reward that a full card becomes. */
export function giftOf(program: Program, unit: UnitId): RewardDefinition | null {
  const rule = program.rules.find((one) => turnsFull(one, unit));
  const issue = rule?.do.find((action) => action.kind === 'issue');
  return program.rewards.find((reward) => issue?.kind === 'issue' && reward.id === issue.reward) ?? null;
}

/** Rewards that are had for units, not as the gift of a card. */
export function rewardsFor(program: Program, unit: UnitId): readonly RewardDefinition[] {
  return program.rewards.filter((reward) => reward.cost?.unit === unit);
}

/** How a unit is earned on a sale. */
export function earningOf(program: Program, unit: UnitId): Amount | null {
  for (const rule of program.rules) {
    if (rule.on.kind !== 'sale') continue;
    const credit = rule.do.find((action) => action.kind === 'credit' && action.unit === unit);
    if (credit?.kind === 'credit') return credit.amount;
  }
  return null;
}

export function renameUnit(program: Program, unit: UnitId, name: Text): Program {
  return changeUnit(program, unit, (one) => ({ ...one, name }));
}

export function setExpiryMonths(program: Program, unit: UnitId, months: number | null): Program {
  return changeUnit(program, unit, (one) => ({
    ...one,
    expiry: months === null ? null : { n: months, unit: 'month' },
  }));
}

/** Changes the card, and where it takes another number of stamps, the rule that counts them. */
export function setCard(program: Program, unit: UnitId, change: Partial<StampCard>): Program {
  const changed = changeUnit(program, unit, (one) => (one.card ? { ...one, card: { ...one.card, ...change } } : one));
  const { takes } = change;
  if (takes === undefined) return changed;
  return {
    ...changed,
    rules: changed.rules.map((rule) => {
      if (!turnsFull(rule, unit) || rule.on.kind !== 'milestone') return rule;
      return {
        ...rule,
        on: { ...rule.on, at: takes },
        do: rule.do.map((action) =>
          action.kind === 'spend' && action.unit === unit ? { ...action, amount: takes } : action,
        ),
      };
    }),
  };
}

/** `give` units for every full `per` of money. */
export function setPerSpend(program: Program, unit: UnitId, give: number, per: Money): Program {
  return changeEarning(program, unit, (amount) => (amount.kind === 'perSpend' ? { ...amount, give, per } : amount));
}

/** A stamp for every visit, or for every paid item of a category. */
export function setStampFor(program: Program, unit: UnitId, category: string | null): Program {
  return changeEarning(program, unit, () =>
    category === null ? { kind: 'fixed', n: 1 } : { kind: 'perItem', give: 1, category, product: null },
  );
}

export function setReward(program: Program, id: string, change: Partial<RewardDefinition>): Program {
  return { ...program, rewards: program.rewards.map((one) => (one.id === id ? { ...one, ...change } : one)) };
}

/** `id` must be new for ever: open vouchers of an older version name rewards by it. */
export function addReward(program: Program, id: string, unit: UnitId, name: Text, costToShop: Money): Program {
  const reward: RewardDefinition = {
    id,
    name,
    details: null,
    picture: 'gift',
    gives: { kind: 'gift' },
    cost: { unit, amount: 100 },
    costToShop,
    active: null,
    limits: [],
    onlineOnly: false,
    transferable: false,
  };
  return { ...program, rewards: [...program.rewards, reward] };
}

export function removeReward(program: Program, id: string): Program {
  return { ...program, rewards: program.rewards.filter((one) => one.id !== id) };
}

export function setProduct(program: Program, id: string, change: Partial<ProductDefinition>): Program {
  return { ...program, products: program.products.map((one) => (one.id === id ? { ...one, ...change } : one)) };
}

export function addProduct(program: Program, product: ProductDefinition): Program {
  return { ...program, products: [...program.products, product] };
}

export function removeProduct(program: Program, id: string): Program {
  return { ...program, products: program.products.filter((one) => one.id !== id) };
}

export function setPolicies(program: Program, change: Partial<Policies>): Program {
  return { ...program, policies: { ...program.policies, ...change } };
}

/** Money that a till may give away in an outage; `null`: only the number counts. */
export function setOutageCap(program: Program, cap: Money | null): Program {
  const { offlineValuePerOutage: _before, ...rest } = program.policies;
  return { ...program, policies: cap === null ? rest : { ...rest, offlineValuePerOutage: cap } };
}

/** Bounds of one reward's own while a till is offline; `null`: it counts with the others. */
export function setRewardOffline(program: Program, id: string, bounds: RewardOffline | null): Program {
  return {
    ...program,
    rewards: program.rewards.map((reward) => {
      if (reward.id !== id) return reward;
      const { offline: _before, ...rest } = reward;
      return bounds === null ? rest : { ...rest, offline: bounds };
    }),
  };
}

/** Categories that products have, in the order of the buttons. */
export function categoriesOf(program: Program): readonly string[] {
  return [...new Set(program.products.map((one) => one.category))];
}

function turnsFull(rule: Rule, unit: UnitId): boolean {
  return rule.on.kind === 'milestone' && rule.on.counter.kind === 'unit' && rule.on.counter.unit === unit;
}

function changeUnit(program: Program, unit: UnitId, change: (one: UnitDefinition) => UnitDefinition): Program {
  return { ...program, units: program.units.map((one) => (one.id === unit ? change(one) : one)) };
}

function changeEarning(program: Program, unit: UnitId, change: (amount: Amount) => Amount): Program {
  return {
    ...program,
    rules: program.rules.map((rule) =>
      rule.on.kind === 'sale'
        ? {
            ...rule,
            do: rule.do.map((action) =>
              action.kind === 'credit' && action.unit === unit ? { ...action, amount: change(action.amount) } : action,
            ),
          }
        : rule,
    ),
  };
}
