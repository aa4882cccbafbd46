import type { OfficeTill } from '../../protocol/office/officeApi.ts';

/** How a till is: what the owner sees as a chip, and reads as a sentence with what can be done. */
export type TillFace =
  | { readonly kind: 'copied'; readonly since: number }
  | { readonly kind: 'revoked' }
  | { readonly kind: 'missing'; readonly count: number }
  | { readonly kind: 'unsentLong'; readonly count: number; readonly since: number }
  | { readonly kind: 'unsent'; readonly count: number }
  | { readonly kind: 'here' }
  | { readonly kind: 'away'; readonly since: number | null }
  | { readonly kind: 'quietLong'; readonly since: number }
  | { readonly kind: 'clockOff'; readonly by: number }
  | { readonly kind: 'storageFull'; readonly used: number; readonly quota: number }
  | { readonly kind: 'notPersisted' }
  | { readonly kind: 'otherVersion'; readonly build: string }
  | { readonly kind: 'trouble'; readonly error: string };

const HOUR_MS = 3600_000;
/** A shop that was closed for a weekend is nothing to worry about; a till that is silent for longer may be broken. */
const QUIET_MS = 3 * 24 * HOUR_MS;
/** With a network that works, a queue is gone in seconds. */
const WAITING_MS = HOUR_MS;
/** What a till itself warns of; flagged on its events from ten minutes on. */
const CLOCK_MS = 2 * 60_000;
const FULL = 0.85;

/** Everything there is to say about a till, the most important first. `build` is the version that this server gives out. */
export function tillFaces(till: OfficeTill, now: number, build: string): readonly TillFace[] {
  const { unsent, oldestUnsentAt, lastSeenAt, here } = till;
  const faces: TillFace[] = [];
  if (till.copiedAt !== null) faces.push({ kind: 'copied', since: till.copiedAt });
  if (till.revoked) {
    faces.push({ kind: 'revoked' });
    if (unsent > 0) faces.push({ kind: 'missing', count: unsent });
    return faces;
  }
  if (here) faces.push({ kind: 'here' });
  else if (lastSeenAt !== null && now - lastSeenAt > QUIET_MS) faces.push({ kind: 'quietLong', since: lastSeenAt });
  else faces.push({ kind: 'away', since: lastSeenAt });
  if (unsent > 0) {
    const since = oldestUnsentAt ?? lastSeenAt ?? now;
    const long = now - since > WAITING_MS;
    faces.push(long ? { kind: 'unsentLong', count: unsent, since } : { kind: 'unsent', count: unsent });
  }
  if (till.skew !== null && Math.abs(till.skew) > CLOCK_MS) faces.push({ kind: 'clockOff', by: Math.abs(till.skew) });
  const { storage } = till;
  if (storage && storage.quota > 0 && storage.used / storage.quota > FULL)
    faces.push({ kind: 'storageFull', ...storage });
  if (till.persisted === false) faces.push({ kind: 'notPersisted' });
  if (till.build !== null && till.build !== build) faces.push({ kind: 'otherVersion', build: till.build });
  // A till that is offline says so by its absence.
  if (here && till.lastError !== null && !PASSING.has(till.lastError)) {
    faces.push({ kind: 'trouble', error: till.lastError });
  }
  return faces;
}

/** What every network does now and then, and what is said better by another face. */
const PASSING: ReadonlySet<string> = new Set(['network', 'timeout', 'proofClock', 'tooMany', 'upgradeNeeded']);

const ALARMS: ReadonlySet<TillFace['kind']> = new Set(['copied', 'missing', 'unsentLong', 'quietLong', 'storageFull']);
/** What a till left behind is worth a look while somebody may still find the tablet. */
const MISSED_MS = 14 * 24 * HOUR_MS;

/** What must not wait until somebody looks at the list of tills. */
export function tillAlarms(till: OfficeTill, now: number, build: string): readonly TillFace[] {
  const forgotten = till.ended !== null && now - till.ended.at > MISSED_MS;
  return tillFaces(till, now, build).filter(({ kind }) => ALARMS.has(kind) && !(kind === 'missing' && forgotten));
}
