import { z } from 'zod';
import type { Expression, Program } from '../../loyalty/program.ts';

/** The shape of a program at a door. What it means, and whether it holds together, `checkProgram` says. */

const id = z.string().min(1).max(80);
const text = z.record(z.string().regex(/^[a-z]{2}$/), z.string().trim().min(1).max(200));
const count = z.int().min(1).max(1_000_000);
const money = z.int().min(0).max(1_000_000_000);
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const picture = z.enum(['cup', 'gift', 'cake', 'scissors', 'book', 'plate', 'star', 'heart', 'bag', 'percent', 'coin']);
const expiry = z.object({ n: count, unit: z.enum(['day', 'month', 'year']) });
const calendarSpan = z.enum(['day', 'week', 'month', 'quarter', 'halfYear', 'year']);

const window = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('allTime') }),
  z.object({ kind: z.literal('rolling'), days: count }),
  z.object({ kind: z.literal('calendar'), of: calendarSpan }),
]);

const limit = z.object({ n: count, per: z.enum(['member', 'device', 'business']), window });

const activeWindow = z.object({
  from: day.nullable(),
  to: day.nullable(),
  weekdays: z.array(z.int().min(1).max(7)).nullable(),
  hours: z.object({ from: z.int().min(0).max(24), to: z.int().min(0).max(24) }).nullable(),
});

const counter = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('unit'), unit: id }),
  z.object({ kind: z.literal('visits'), window }),
  z.object({ kind: z.literal('spend'), window }),
  z.object({ kind: z.literal('quantity'), category: id.nullable(), window }),
  z.object({ kind: z.literal('distinctCategories'), window }),
  z.object({ kind: z.literal('streak'), of: z.enum(['day', 'week', 'month']) }),
]);

const field = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('saleTotal') }),
  z.object({ kind: z.literal('saleQuantity'), category: id.nullable() }),
  z.object({ kind: z.literal('weekday') }),
  z.object({ kind: z.literal('month') }),
  z.object({ kind: z.literal('partOfDay') }),
  z.object({ kind: z.literal('balance'), unit: id }),
  z.object({ kind: z.literal('daysSinceLastVisit') }),
  z.object({ kind: z.literal('daysSinceJoined') }),
  z.object({ kind: z.literal('inTier'), tier: id }),
]);

const expression: z.ZodType<Expression> = z.lazy(() =>
  z.union([
    z.object({ op: z.literal('const'), value: z.int() }),
    z.object({ op: z.literal('field'), field }),
    z.object({ op: z.literal('counter'), counter }),
    z.object({ op: z.literal('not'), of: expression }),
    z.object({ op: z.enum(['and', 'or', 'add', 'multiply', 'min', 'max']), of: z.array(expression).max(20) }),
    z.object({
      op: z.enum(['eq', 'ne', 'lt', 'le', 'gt', 'ge', 'subtract', 'divide']),
      left: expression,
      right: expression,
    }),
  ]),
);

const trigger = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('sale') }),
  z.object({ kind: z.literal('join') }),
  z.object({ kind: z.literal('action'), action: id }),
  z.object({
    kind: z.literal('date'),
    of: z.enum(['birthday', 'nameDay', 'joined', 'firstSale']),
    daysBefore: z.int().min(0).max(60),
    daysAfter: z.int().min(0).max(60),
  }),
  z.object({ kind: z.literal('period'), every: calendarSpan }),
  z.object({ kind: z.literal('lapse'), days: count }),
  z.object({ kind: z.literal('tierReached'), tier: id }),
  z.object({ kind: z.literal('milestone'), counter, at: count, every: z.boolean() }),
]);

const amount = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('fixed'), n: count }),
  z.object({ kind: z.literal('perSpend'), give: count, per: z.int().min(1), category: id.nullable() }),
  z.object({ kind: z.literal('perItem'), give: count, category: id.nullable(), product: id.nullable() }),
]);

const action = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('credit'), unit: id, amount }),
  z.object({ kind: z.literal('spend'), unit: id, amount: count }),
  z.object({ kind: z.literal('issue'), reward: id, expiry: expiry.nullable() }),
  z.object({ kind: z.literal('grantTier'), tier: id, lasts: expiry.nullable(), grace: expiry.nullable() }),
  z.object({ kind: z.literal('badge'), badge: id }),
]);

const unit = z.object({
  id,
  kind: z.enum(['points', 'stamps', 'credit']),
  name: text,
  expiry: expiry.nullable(),
  card: z.object({ takes: z.int().min(2).max(30), giftIsLast: z.boolean(), picture }).nullable(),
});

const reward = z.object({
  id,
  name: text,
  details: text.nullable(),
  picture,
  gives: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('freeItem'), product: id.nullable(), category: id.nullable() }),
    z.object({ kind: z.literal('amountOff'), amount: money }),
    z.object({ kind: z.literal('percentOff'), percent: z.int().min(1).max(100) }),
    z.object({ kind: z.literal('gift') }),
  ]),
  cost: z.object({ unit: id, amount: count }).nullable(),
  costToShop: money,
  active: activeWindow.nullable(),
  limits: z.array(limit).max(10),
  onlineOnly: z.boolean(),
  transferable: z.boolean(),
  offline: z
    .object({
      perMember24h: z.int().min(0).max(100).exactOptional(),
      perOutage: z.int().min(0).max(1000).exactOptional(),
    })
    .exactOptional(),
});

const rule = z.object({
  id,
  name: text,
  on: trigger,
  who: expression.nullable(),
  when: expression.nullable(),
  do: z.array(action).max(20),
  limits: z.array(limit).max(10),
  stacking: z.object({ group: id, mode: z.enum(['all', 'best', 'first']), order: z.int() }).nullable(),
  active: activeWindow.nullable(),
});

const policies = z.object({
  offlineRedeemHours: z.int().min(0).max(720),
  offlineRedemptionsPerMember24h: z.int().min(0).max(100),
  offlineRedemptionsPerOutage: z.int().min(0).max(1000),
  cooldownSeconds: z.int().min(0).max(86_400),
  earningEventsPerDay: z.int().min(1).max(1000),
  voidFreeMinutes: z.int().min(0).max(1440),
  goodwillPerStaffPerDay: z.int().min(0).max(1000),
  voidGraceDays: z.int().min(0).max(365),
  grantToldUpTo: money,
  offlineValuePerOutage: money.exactOptional(),
  staleHours: z.int().min(1).max(720).exactOptional(),
  ownWordPerDay: z.int().min(0).max(100).exactOptional(),
  phoneVoucherMinutes: z.int().min(0).max(60).exactOptional(),
  overdraftDays: z.int().min(1).max(400).exactOptional(),
  overdraftsToOnlineOnly: z.int().min(0).max(100).exactOptional(),
  overdraftsToBlock: z.int().min(0).max(100).exactOptional(),
});

/** Keys that this version does not know are dropped: what is hashed is what the engine reads. */
export const programSchema: z.ZodType<Program> = z.object({
  v: z.literal(1),
  units: z.array(unit).max(20),
  rewards: z.array(reward).max(100),
  tiers: z.array(z.object({ id, name: text, rank: z.int() })).max(20),
  products: z.array(z.object({ id, name: text, category: id, price: money.nullable(), picture })).max(500),
  rules: z.array(rule).max(200),
  policies,
  secret: z.string().max(200),
});
