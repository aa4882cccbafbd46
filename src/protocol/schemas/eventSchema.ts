// The full zod, since only servers load this file: it is several times as fast where code may be generated.
import { z } from 'zod';
import type { Effect } from '../../loyalty/effects.ts';
import type { Event } from '../event.ts';
import { factSchema } from './factSchema.ts';
import { count, credentialKind, day, hash, id, longId, positive, whole } from './fields.ts';

/**
 * Told effects may be of a later version than this one: they are kept and shown, not worked with, so it is enough that
 * they are named.
 */
const told = z.custom<readonly Effect[]>(
  (value) => Array.isArray(value) && value.length <= 500 && value.every(isNamed),
);

function isNamed(value: unknown): boolean {
  const { kind, rule } = Object(value) as { kind?: unknown; rule?: unknown };
  return typeof kind === 'string' && typeof rule === 'string';
}

/** An event of version 1. Unknown further fields are let through: the bytes keep them. */
export const eventSchema: z.ZodType<Event> = z.object({
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
