// The full zod, since only servers load this file: it is several times as fast where code may be generated.
import { z } from 'zod';
import type { Effect, EffectKind } from '../../loyalty/effects.ts';
import { count, credentialKind, day, id, longId, positive, whole } from './fields.ts';

const effect = <K extends EffectKind, S extends z.core.$ZodLooseShape>(kind: K, shape: S) =>
  z.object({ kind: z.literal(kind), rule: id, ...shape });
const until = z.nullable(day);
const part = z.object({ lot: longId, amount: positive, rule: id, earned: day, expires: until });
const parts = z.array(part);

const effects = {
  credit: effect('credit', { unit: id, amount: positive, lot: longId, earned: day, expires: until }),
  debit: effect('debit', { unit: id, from: parts }),
  restore: effect('restore', { unit: id, to: parts }),
  debt: effect('debt', { unit: id, delta: whole }),
  issue: effect('issue', { voucher: longId, reward: id, on: day, expires: until }),
  withdraw: effect('withdraw', { voucher: longId }),
  consume: effect('consume', { voucher: longId, reward: id, by: longId, on: day, ahead: z.boolean() }),
  overdraw: effect('overdraw', { voucher: longId, reward: id, by: longId, cost: count }),
  reopen: effect('reopen', { voucher: longId, by: longId, held: z.boolean() }),
  grantTier: effect('grantTier', { tier: id, grant: longId, from: day, until }),
  endTier: effect('endTier', { grant: longId }),
  badge: effect('badge', { badge: id, on: day }),
  unbadge: effect('unbadge', { badge: id }),
  carry: effect('carry', { delta: whole, unit: id, spend: whole, units: whole, give: whole, per: whole }),
  fired: effect('fired', { key: longId, delta: whole, firing: z.nullable(longId) }),
  firedFor: effect('firedFor', { period: longId, on: day, undo: z.boolean() }),
  tally: effect('tally', {
    day,
    part: z.enum(['morning', 'midday', 'afternoon', 'evening']),
    visits: whole,
    spend: whole,
    items: z.record(id, whole),
  }),
  reversed: effect('reversed', { target: id, amount: count, whole: z.boolean(), on: day }),
  awaitTarget: effect('awaitTarget', { target: id, by: id, amount: z.nullable(count) }),
  hold: effect('hold', {
    reservation: id,
    pays: z.nullable(z.object({ unit: id, amount: count })),
    voucher: z.nullable(longId),
    from: count,
    until: count,
  }),
  release: effect('release', { reservation: id }),
  strike: effect('strike', { event: id, on: day, toward: z.enum(['member', 'staff']) }),
  forgive: effect('forgive', { event: id }),
  enrolled: effect('enrolled', { on: day }),
  credential: effect('credential', { credential: id, credentialKind, revoked: z.boolean() }),
  forgetCredential: effect('forgetCredential', { credential: id }),
  alias: effect('alias', { other: id, on: z.boolean() }),
  share: effect('share', {
    share: longId,
    move: z.enum(['granted', 'used', 'returned', 'released']),
    n: positive,
  }),
} satisfies { [K in EffectKind]: z.ZodType<Extract<Effect, { kind: K }>> };

/**
 * Effects as a till told them, checked in full. Needed only where they are to be booked as they are, because nobody has
 * the program version any more; otherwise `told` is kept as it came.
 */
export const effectsSchema: z.ZodType<readonly Effect[]> = z.array(
  z.discriminatedUnion('kind', [
    effects.credit,
    effects.debit,
    effects.restore,
    effects.debt,
    effects.issue,
    effects.withdraw,
    effects.consume,
    effects.overdraw,
    effects.reopen,
    effects.grantTier,
    effects.endTier,
    effects.badge,
    effects.unbadge,
    effects.carry,
    effects.fired,
    effects.firedFor,
    effects.tally,
    effects.reversed,
    effects.awaitTarget,
    effects.hold,
    effects.release,
    effects.strike,
    effects.forgive,
    effects.enrolled,
    effects.credential,
    effects.forgetCredential,
    effects.alias,
    effects.share,
  ]),
);
