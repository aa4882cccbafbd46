import * as z from 'zod/mini';
import type { Profile, ProfilePatch, ProgramVersion } from './documents.ts';
import { base64Url, count, hash, id, positive, text } from './fields.ts';
import type { PairRequest } from './pairing.ts';
import { type Cursor, PUSH_MAX_EVENTS, type PushRequest } from './sync.ts';

const short = z.nullable(z.string().check(z.maxLength(200)));
const monthDay = z.nullable(z.string().check(z.regex(/^\d{2}-\d{2}$/)));
const consent = z.object({
  given: z.boolean(),
  at: count,
  channel: text,
  wording: z.string().check(z.maxLength(2000)),
});

/** A till may change some of a profile's fields and leave the others. */
const fields = z.partial(
  z.object({
    name: short,
    callName: short,
    phone: short,
    email: short,
    birthday: monthDay,
    nameDay: monthDay,
    language: short,
    marketing: z.nullable(consent),
  }),
) as unknown as z.ZodMiniType<Partial<Omit<Profile, 'member'>>>;

const profilePatchSchema: z.ZodMiniType<ProfilePatch> = z.object({
  id,
  device: id,
  run: id,
  pseq: positive,
  member: id,
  at: count,
  fields,
});

/** The program itself is checked where it is stored: by its hash and by `programSchema`. */
const programVersions = z
  .array(z.object({ hash, publishedAt: count, program: z.looseObject({ v: z.literal(1) }) }))
  .check(z.maxLength(20)) as unknown as z.ZodMiniType<readonly ProgramVersion[]>;

export const pushRequestSchema: z.ZodMiniType<PushRequest> = z.object({
  protocol: positive,
  run: id.check(z.regex(/^[^~]+$/)),
  events: z.array(z.string()).check(z.maxLength(PUSH_MAX_EVENTS)),
  patches: z.array(profilePatchSchema).check(z.maxLength(PUSH_MAX_EVENTS)),
  programs: programVersions,
  health: z.object({
    build: text,
    unsent: count,
    oldestUnsentAt: z.nullable(count),
    persisted: z.nullable(z.boolean()),
  }),
});

export const pairRequestSchema: z.ZodMiniType<PairRequest> = z.object({
  code: z.string().check(z.maxLength(40)),
  publicKey: z.object({ x: base64Url, y: base64Url }),
  proof: base64Url,
});

export const cursorSchema: z.ZodMiniType<Cursor> = z.object({ epoch: id, gseq: count, chain: hash, rev: count });
