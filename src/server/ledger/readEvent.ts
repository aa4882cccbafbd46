import { isCanonical } from '../../protocol/canonical.ts';
import type { Event } from '../../protocol/event.ts';
import { eventSchema } from '../../protocol/schemas/eventSchema.ts';
import { isFactKind } from '../../protocol/schemas/factSchema.ts';
import { isTooDeep } from '../../protocol/nesting.ts';
import type { QuarantineCode } from '../../protocol/sync.ts';
import { serverHash } from './serverHash.ts';

/** An event with the bytes it came as. */
export interface ReadEvent {
  readonly bytes: string;
  readonly hash: string;
  readonly event: Event;
}

/** What came in a push: readable, or kept as it is, with what could be made out of where it belongs. */
export type Reading =
  | (ReadEvent & { readonly ok: true; readonly seq: number; readonly prev: string })
  | {
      readonly ok: false;
      readonly code: QuarantineCode;
      readonly bytes: string;
      readonly hash: string;
      readonly seq: number | null;
      readonly prev: string | null;
    };

/** A sale of 200 lines is a tenth of this. */
const EVENT_MAX_BYTES = 64 * 1024;

/** Facts that only the server itself writes. */
const SERVER_ONLY: ReadonlySet<string> = new Set([
  'erased',
  'merged',
  'unmerged',
  'shareGranted',
  'reserved',
  'forgiven',
]);

/** Reads an event once. Never throws: whatever a device sends has a place to go. */
export function readEvent(bytes: string, from: { business: string; device: string; run: string }): Reading {
  const hash = serverHash(bytes);
  const quarantined = (code: QuarantineCode, value?: unknown): Reading => {
    const { seq, prev } = Object(value) as { seq?: unknown; prev?: unknown };
    return {
      ok: false,
      code,
      bytes,
      hash,
      seq: typeof seq === 'number' && Number.isSafeInteger(seq) && seq > 0 ? seq : null,
      prev: typeof prev === 'string' ? prev : null,
    };
  };

  if (bytes.length > EVENT_MAX_BYTES) return quarantined('tooLarge');
  const value = parse(bytes);
  if (value === undefined) return quarantined('unreadable');
  if (isTooDeep(value)) return quarantined('unreadable', value);
  if (!isCanonical(value, bytes)) return quarantined('notCanonical', value);
  const read = eventSchema.safeParse(value);
  if (!read.success) return quarantined(isNewer(value) ? 'unknownKind' : 'unreadable', value);
  const event = read.data;
  if (event.run !== from.run) return quarantined('unreadable');
  if (event.business !== from.business) return quarantined('foreignBusiness', value);
  if (event.device !== from.device) return quarantined('foreignDevice', value);
  if (event.device !== 'server' && SERVER_ONLY.has(event.fact.kind)) return quarantined('unknownKind', value);
  return { ok: true, bytes, hash, event, seq: event.seq, prev: event.prev };
}

function parse(bytes: string): unknown {
  try {
    const value: unknown = JSON.parse(bytes);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether it looks like an event of a later version, so that it is worth trying again after an upgrade. */
function isNewer(value: unknown): boolean {
  const { v, fact } = value as { v?: unknown; fact?: { kind?: unknown } };
  if (typeof v === 'number' && v > 1) return true;
  return typeof fact?.kind === 'string' && !isFactKind(fact.kind);
}
