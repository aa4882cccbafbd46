import * as z from 'zod/mini';
import type { Effect } from '../loyalty/effects.ts';
import type { Event } from './event.ts';
import { factSchema } from './factSchema.ts';
import { count, credentialKind, day, hash, id, longId, positive, whole } from './fields.ts';

/** Told effects may be of a later version than this one: they are kept and shown, not worked with. */
const told: z.ZodMiniType<readonly Effect[]> = z
  .array(z.looseObject({ kind: id, rule: id }))
  .check(z.maxLength(500)) as unknown as z.ZodMiniType<readonly Effect[]>;

/** An event of version 1. Unknown further fields are let through: the bytes keep them. */
export const eventSchema: z.ZodMiniType<Event> = z.object({
  v: z.literal(1),
  id,
  business: id,
  location: id,
  device: id,
  run: id,
  seq: positive,
  prev: hash,
  at: count,
  skew: z.nullable(whole),
  day,
  basis: z.object({ epoch: z.string().check(z.maxLength(100)), gseq: count }),
  engine: count,
  staff: z.nullable(id),
  member: z.nullable(id),
  credential: z.nullable(z.object({ kind: credentialKind, id: longId })),
  program: hash,
  fact: factSchema,
  told,
});
