import type { Money, Picture, Text } from './basics.ts';
import { defaultPolicies } from './policies/defaultPolicies.ts';
import type { Expiry, Program, RewardDefinition, Rule, UnitDefinition } from './program.ts';
import { sampleProducts } from './sampleProducts.ts';

/** Programs to start from, as plain data: every name, number and product can be edited afterwards. */

interface ShopOptions {
  /** Decimals of the currency: 0 for forints, 2 for euros. */
  readonly scale: number;
  /** Secret that surprises are drawn from; made at random where the program is published. */
  readonly secret?: string;
}

export interface StampCardOptions extends ShopOptions {
  /** How many stamps turn into the gift. */
  readonly takes?: number;
  /** true: "nine bought, the tenth is free"; false: "collect ten, get one". */
  readonly giftIsLast?: boolean;
  readonly name?: Text;
  readonly picture?: Picture;
  readonly gift?: Text;
  /** What a gift costs the shop. */
  readonly giftCost?: Money;
  /** A stamp for every paid item of this category; `null`: one for every visit. */
  readonly category?: string | null;
}

export interface PointsOptions extends ShopOptions {
  /** `give` points for every full `per` of money. */
  readonly give?: number;
  readonly per?: Money;
  readonly name?: Text;
  /** When points end; `null`: never. */
  readonly expiry?: Expiry | null;
}

/** One stamp card with its gift. */
export function stampCard(options: StampCardOptions): Program {
  return program(options, [cardUnit(options)], [cardGift(options)], cardRules(options));
}

/** Points for money spent, and a choice of rewards. */
export function points(options: PointsOptions): Program {
  return program(options, [pointsUnit(options)], pointsRewards(options), [pointsRule(options)]);
}

/** A stamp card and points side by side. */
export function both(
  options: StampCardOptions & Omit<PointsOptions, 'name'> & { readonly pointsName?: Text },
): Program {
  const forPoints: PointsOptions = {
    scale: options.scale,
    ...(options.give !== undefined && { give: options.give }),
    ...(options.per !== undefined && { per: options.per }),
    ...(options.expiry !== undefined && { expiry: options.expiry }),
    ...(options.pointsName !== undefined && { name: options.pointsName }),
  };
  const card = { category: 'coffee', ...options };
  return program(
    options,
    [cardUnit(card), pointsUnit(forPoints)],
    [cardGift(card), ...pointsRewards(forPoints)],
    [...cardRules(card), pointsRule(forPoints)],
  );
}

function program(
  { scale, secret = '' }: ShopOptions,
  units: readonly UnitDefinition[],
  rewards: readonly RewardDefinition[],
  rules: readonly Rule[],
): Program {
  const policies = { ...defaultPolicies, grantToldUpTo: inScale(scale, 1500, 500) };
  return { v: 1, units, rewards, tiers: [], products: sampleProducts(scale), rules, policies, secret };
}

const takesOf = ({ takes, giftIsLast = true }: StampCardOptions) => takes ?? (giftIsLast ? 9 : 10);

function cardUnit(options: StampCardOptions): UnitDefinition {
  const { name, giftIsLast = true, picture = 'cup' } = options;
  return {
    id: 'card',
    kind: 'stamps',
    name: name ?? { en: 'Coffee card', hu: 'Kávékártya' },
    expiry: null,
    card: { takes: takesOf(options), giftIsLast, picture },
  };
}

function cardGift({ scale, gift, giftCost, picture = 'cup' }: StampCardOptions): RewardDefinition {
  const gives = { kind: 'freeItem', product: null, category: 'coffee' } as const;
  const cost = giftCost ?? inScale(scale, 350, 90);
  const name = gift ?? { en: 'Free coffee', hu: 'Ajándék kávé' };
  return reward({ id: 'gift', name, picture, gives, cost: null, costToShop: cost });
}

function cardRules(options: StampCardOptions): readonly Rule[] {
  const { category = null } = options;
  const takes = takesOf(options);
  const amount =
    category === null
      ? ({ kind: 'fixed', n: 1 } as const)
      : ({ kind: 'perItem', give: 1, category, product: null } as const);
  return [
    rule('stamp', { en: 'Stamp', hu: 'Pecsét' }, { kind: 'sale' }, [{ kind: 'credit', unit: 'card', amount }]),
    rule(
      'full',
      { en: 'Full card', hu: 'Betelt kártya' },
      { kind: 'milestone', counter: { kind: 'unit', unit: 'card' }, at: takes, every: true },
      [
        { kind: 'spend', unit: 'card', amount: takes },
        { kind: 'issue', reward: 'gift', expiry: null },
      ],
    ),
  ];
}

function pointsUnit({ name, expiry = { n: 12, unit: 'month' } }: PointsOptions): UnitDefinition {
  return { id: 'points', kind: 'points', name: name ?? { en: 'Points', hu: 'Pontok' }, expiry, card: null };
}

function pointsRule({ give = 1, per = 100 }: PointsOptions): Rule {
  const amount = { kind: 'perSpend', give, per, category: null } as const;
  return rule('points', { en: 'Points', hu: 'Pontok' }, { kind: 'sale' }, [{ kind: 'credit', unit: 'points', amount }]);
}

function pointsRewards({ scale }: PointsOptions): readonly RewardDefinition[] {
  const cost = (amount: number) => ({ unit: 'points', amount });
  const money = inScale(scale, 500, 500);
  return [
    reward({
      id: 'coffee',
      name: { en: 'Coffee', hu: 'Kávé' },
      picture: 'cup',
      gives: { kind: 'freeItem', product: null, category: 'coffee' },
      cost: cost(80),
      costToShop: inScale(scale, 350, 90),
    }),
    reward({
      id: 'off',
      name: { en: 'Money off', hu: 'Kedvezmény' },
      picture: 'coin',
      gives: { kind: 'amountOff', amount: money },
      cost: cost(100),
      costToShop: money,
    }),
    reward({
      id: 'mug',
      name: { en: 'Mug', hu: 'Bögre' },
      picture: 'gift',
      gives: { kind: 'gift' },
      cost: cost(250),
      costToShop: inScale(scale, 1500, 450),
    }),
  ];
}

/** A reward of a preset says these; the rest is as plain as it can be. */
type Own = Pick<RewardDefinition, 'id' | 'name' | 'picture' | 'gives' | 'cost' | 'costToShop'>;

function reward(own: Own): RewardDefinition {
  return { ...own, details: null, active: null, limits: [], onlineOnly: false, transferable: false };
}

function rule(id: string, name: Text, on: Rule['on'], actions: Rule['do']): Rule {
  return { id, name, on, who: null, when: null, do: actions, limits: [], stacking: null, active: null };
}

function inScale(scale: number, forints: Money, hundredths: Money): Money {
  return scale === 0 ? forints : hundredths;
}
