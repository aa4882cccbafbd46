// The full zod, since only servers load this file: it is several times as fast where code may be generated.
import { z } from 'zod';
import type { Fact, FactKind } from '../../loyalty/facts.ts';
import { count, credentialKind, id, longId, positive, text, whole } from './fields.ts';

const saleLine = z.object({
  product: z.nullable(id),
  category: id,
  quantity: count,
  amount: z.nullable(whole),
  given: z.boolean(),
});

const shares = z.exactOptional(z.array(longId).check(z.maxLength(50)));

const facts = {
  enrolled: z.object({ kind: z.literal('enrolled'), via: z.enum(['till', 'card', 'office', 'import']), shares }),
  sale: z.object({
    kind: z.literal('sale'),
    total: z.nullable(count),
    lines: z.array(saleLine).check(z.maxLength(200)),
    hour: z.int().min(0).max(23),
    external: z.nullable(text),
    shares,
  }),
  redeemed: z.object({
    kind: z.literal('redeemed'),
    reward: id,
    voucher: z.nullable(longId),
    due: z.nullable(longId),
    approvedBy: z.nullable(id),
    shares,
    offline: z.object({ since: z.nullable(count) }).exactOptional(),
    goOn: z
      .discriminatedUnion('kind', [
        z.object({ kind: z.literal('ownWord') }),
        z.object({ kind: z.literal('ownerCode'), n: positive }),
      ])
      .exactOptional(),
    reservation: z.exactOptional(id),
  }),
  actionConfirmed: z.object({ kind: z.literal('actionConfirmed'), action: id, shares }),
  goodwill: z.object({ kind: z.literal('goodwill'), reason: text, unit: id, amount: positive }),
  goodwillReward: z.object({ kind: z.literal('goodwillReward'), reason: text, reward: id }),
  adjusted: z.object({ kind: z.literal('adjusted'), reason: text, unit: id, amount: whole }),
  voided: z.object({ kind: z.literal('voided'), target: id, reason: z.nullable(text) }),
  refunded: z.object({ kind: z.literal('refunded'), target: id, amount: positive }),
  credentialIssued: z.object({ kind: z.literal('credentialIssued'), credential: id, credentialKind }),
  credentialRevoked: z.object({ kind: z.literal('credentialRevoked'), credential: id, reason: z.nullable(text) }),
  reserved: z.object({
    kind: z.literal('reserved'),
    reservation: id,
    reward: id,
    voucher: z.nullable(longId),
    due: z.nullable(longId),
    from: count,
    until: count,
  }),
  forgiven: z.object({ kind: z.literal('forgiven'), target: id, reason: z.nullable(text) }),
  merged: z.object({ kind: z.literal('merged'), other: id }),
  unmerged: z.object({ kind: z.literal('unmerged'), other: id }),
  erased: z.object({ kind: z.literal('erased') }),
  shareGranted: z.object({
    kind: z.literal('shareGranted'),
    pool: longId,
    to: z.array(z.object({ device: id, n: positive })).check(z.maxLength(10_000)),
  }),
  shareReleased: z.object({ kind: z.literal('shareReleased'), share: longId, n: positive }),
} satisfies { [K in FactKind]: z.ZodType<Extract<Fact, { kind: K }>> };

/** Whether this version knows what to do with facts of that kind. */
export function isFactKind(kind: string): kind is FactKind {
  return Object.hasOwn(facts, kind);
}

/** Any fact that this version knows. */
export const factSchema: z.ZodType<Fact> = z.discriminatedUnion('kind', [
  facts.enrolled,
  facts.sale,
  facts.redeemed,
  facts.actionConfirmed,
  facts.goodwill,
  facts.goodwillReward,
  facts.adjusted,
  facts.voided,
  facts.refunded,
  facts.credentialIssued,
  facts.credentialRevoked,
  facts.reserved,
  facts.forgiven,
  facts.merged,
  facts.unmerged,
  facts.erased,
  facts.shareGranted,
  facts.shareReleased,
]);
