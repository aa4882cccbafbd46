import * as z from 'zod/mini';
import type { Effect } from '../../loyalty/effects.ts';
import type { Document, MemberRecord } from '../documents.ts';
import type { Admitted, Flag } from '../event.ts';
import { count, hash, id, positive } from './fields.ts';
import type { PairAnswer } from '../pairing.ts';
import { cursorSchema } from './requestSchemas.ts';
import type {
  ErrorAnswer,
  ErrorCode,
  OfferAnswer,
  PullAnswer,
  PushAnswer,
  PushResult,
  ServerMark,
  SnapshotManifest,
  SnapshotPage,
} from '../sync.ts';

/**
 * What a device checks of an answer before it acts on it: enough to tell our server from a captive portal's page or a
 * proxy's. The inside of states, programs and effects is the server's own and is taken as it is.
 */
const list = <T>() => z.array(z.looseObject({ kind: z.string() })) as unknown as z.ZodMiniType<readonly T[]>;

const mark = {
  epoch: id,
  head: count,
  time: count,
  durableThrough: z.record(z.string(), count),
};

const admitted = z.object({
  gseq: positive,
  chain: hash,
  hash,
  receivedAt: count,
  day: z.string(),
  member: z.nullable(z.string()),
  booked: list<Effect>(),
  flags: z.array(z.string()) as unknown as z.ZodMiniType<readonly Flag[]>,
  bytes: z.string(),
  seal: z.optional(z.string()),
}) as unknown as z.ZodMiniType<Admitted>;

const documents = z.array(z.looseObject({ kind: z.string(), id: z.string(), rev: count })) as unknown as z.ZodMiniType<
  readonly Document[]
>;

/** By hand: tills check tens of thousands of them in one go, where code may not be generated. */
const members: z.ZodMiniType<readonly MemberRecord[]> = z.custom<readonly MemberRecord[]>(
  (value) => Array.isArray(value) && value.every(isMemberRecord),
);

function isMemberRecord(value: unknown): boolean {
  const { member, gseq, state, credentials } = Object(value) as Readonly<Record<string, unknown>>;
  return isName(member) && isCount(gseq) && isCount((Object(state) as { v?: unknown }).v) && Array.isArray(credentials);
}

const isName = (value: unknown) => typeof value === 'string' && value.length >= 1 && value.length <= 300;
const isCount = (value: unknown) => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

export const pushAnswerSchema: z.ZodMiniType<PushAnswer> = z.object({
  ...mark,
  storedThrough: count,
  storedHash: z.nullable(hash),
  patchesThrough: count,
  results: z.array(z.looseObject({ seq: count, result: z.string() })) as unknown as z.ZodMiniType<
    readonly PushResult[]
  >,
  need: z.object({ programs: z.array(hash) }),
  accepts: z.exactOptional(z.object({ events: positive, bytes: positive, gzip: z.boolean() })),
});

export const leaveAnswerSchema: z.ZodMiniType<ServerMark> = z.object(mark);

export const pullAnswerSchema: z.ZodMiniType<PullAnswer> = z.object({
  ...mark,
  cursor: cursorSchema,
  admitted: z.array(admitted),
  documents,
  more: z.boolean(),
});

export const offerAnswerSchema: z.ZodMiniType<OfferAnswer> = z.object({
  ...mark,
  common: count,
  readmitted: count,
  rebooked: count,
  duplicates: count,
  refused: count,
  need: z.object({ programs: z.array(hash) }),
});

export const snapshotManifestSchema: z.ZodMiniType<SnapshotManifest> = z.object({
  ...mark,
  cursor: cursorSchema,
  fold: positive,
  pages: positive,
  members: count,
  own: z.record(z.string(), z.object({ through: count, quarantined: z.array(count) })),
  documents,
});

export const snapshotPageSchema: z.ZodMiniType<SnapshotPage> = z.object({ page: count, members });

export const pairAnswerSchema: z.ZodMiniType<PairAnswer> = z.object({
  device: id,
  name: z.string(),
  business: id,
  location: id,
  epoch: id,
  cursor: cursorSchema,
});

export const errorAnswerSchema: z.ZodMiniType<ErrorAnswer> = z.object({
  error: z.string() as unknown as z.ZodMiniType<ErrorCode>,
  message: z.string(),
  time: count,
});
