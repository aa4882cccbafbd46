import * as z from 'zod/mini';
import { catch as orElse } from 'zod/mini';
import type { Profile, ProfilePatch, ProgramVersion } from '../documents.ts';
import { base64Url, count, day, hash, id, positive, text } from './fields.ts';
import type { PairRequest } from '../pairing.ts';
import {
  type Cursor,
  type LeaveRequest,
  OFFER_MAX,
  OFFER_MAX_KNOWN,
  type OfferRequest,
  PUSH_LARGE_EVENTS,
  PUSH_MAX_EVENTS,
  type PushRequest,
  RECORDED_RUNS,
} from '../sync.ts';

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

export const patchesSchema = z.array(profilePatchSchema).check(z.maxLength(PUSH_MAX_EVENTS));

/** The program itself is checked where it is stored: by its hash and by `programSchema`. */
export const programVersions = z
  .array(z.object({ hash, publishedAt: count, program: z.looseObject({ v: z.literal(1) }) }))
  .check(z.maxLength(20)) as unknown as z.ZodMiniType<readonly ProgramVersion[]>;

const runs = z.record(id, count).check(z.refine((named) => Object.keys(named).length <= RECORDED_RUNS));

/** Said by newer tills alone; and what says how a till is must never be why its events are refused. */
const maybe = <T>(schema: z.ZodMiniType<T>) => orElse(z.optional(schema), undefined);

export const pushRequestSchema = z.object({
  protocol: positive,
  run: id.check(z.regex(/^[^~]+$/)),
  events: z.array(z.string()).check(z.maxLength(PUSH_LARGE_EVENTS)),
  first: z.optional(positive),
  patches: patchesSchema,
  programs: programVersions,
  health: z.object({
    build: text,
    unsent: count,
    oldestUnsentAt: z.nullable(count),
    persisted: z.nullable(z.boolean()),
    storage: maybe(z.nullable(z.object({ used: count, quota: count }))),
    skew: maybe(z.nullable(z.int())),
    lastError: maybe(z.nullable(z.string().check(z.maxLength(100)))),
    recorded: maybe(runs),
  }),
}) as unknown as z.ZodMiniType<PushRequest>;

export const leaveRequestSchema: z.ZodMiniType<LeaveRequest> = z.object({
  staff: z.nullable(id),
  wiped: maybe(runs),
}) as unknown as z.ZodMiniType<LeaveRequest>;

/** The inside of an admission is the server's own, as its seal shows. */
const admitted = z.object({
  gseq: positive,
  chain: hash,
  hash,
  receivedAt: count,
  day,
  member: z.nullable(id),
  booked: z.array(z.looseObject({ kind: z.string(), rule: z.string() })),
  flags: z.array(z.string().check(z.maxLength(50))),
  bytes: z.string(),
  seal: z.optional(z.string().check(z.maxLength(100))),
});

export const offerRequestSchema: z.ZodMiniType<OfferRequest> = z.object({
  protocol: positive,
  known: z.array(z.object({ gseq: positive, chain: hash })).check(z.maxLength(OFFER_MAX_KNOWN)),
  admissions: z.array(admitted).check(z.maxLength(OFFER_MAX)),
  programs: programVersions,
  profiles: z.array(z.intersection(z.object({ member: id }), fields)).check(z.maxLength(OFFER_MAX)),
}) as unknown as z.ZodMiniType<OfferRequest>;

export const pairRequestSchema = z.object({
  code: z.string().check(z.maxLength(40)),
  publicKey: z.object({ x: base64Url, y: base64Url }),
  proof: base64Url,
  device: z.optional(id),
}) as unknown as z.ZodMiniType<PairRequest>;

export const cursorSchema: z.ZodMiniType<Cursor> = z.object({ epoch: id, gseq: count, chain: hash, rev: count });
