import type { Instant } from '../../loyalty/basics.ts';
import type { OwnerCodes, Staff } from '../../protocol/documents.ts';
import type { LedgerDb } from '../store/ledgerDb.ts';
import { storeFaultOf } from '../store/storeError.ts';
import type { OwnerCodeOutcome, SignInOutcome } from '../till.ts';

/** Wrong tries that cost nothing: fingers slip. */
const FREE_TRIES = 4;
const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 15 * 60_000;

/** How long the next try must wait after so many wrong ones in a row, in ms. */
export function waitAfter(fails: number): number {
  if (fails <= FREE_TRIES) return 0;
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(10, fails - FREE_TRIES - 1));
}

/**
 * Checks a PIN against these people, offline. A try is counted before it is judged, on disk, so that a reload in between
 * gives no free one; a right one sets the count back.
 * @param who what the tries are counted under: a staff id, or `approval`
 */
export async function checkPin(
  db: LedgerDb,
  now: Instant,
  who: string,
  people: readonly Staff[],
  pin: string,
): Promise<SignInOutcome> {
  const active = people.filter((person) => person.active).map((person) => ({ name: person.id, pin: person.pin }));
  const outcome = await checkSecret(db, now, who, active, pin);
  return outcome.ok ? { ok: true, staff: outcome.name } : outcome;
}

/**
 * Checks a one-time code of the owner, counted like PINs are.
 * @param used whether this till has taken the code of that number already
 */
export async function checkOwnerCode(
  db: LedgerDb,
  now: Instant,
  { codes, used: usedThrough }: OwnerCodes,
  used: (n: number) => boolean,
  code: string,
): Promise<OwnerCodeOutcome> {
  const open = codes.filter(({ n }) => n > usedThrough && !used(n)).map(({ n, pin }) => ({ name: n, pin }));
  const outcome = await checkSecret(db, now, 'approval', open, code);
  return outcome.ok ? { ok: true, n: outcome.name } : outcome;
}

type Checked<T> = { readonly ok: true; readonly name: T } | Extract<SignInOutcome, { readonly ok: false }>;

/** The first of these that fits; a store that cannot count the try is an answer as well, so that nobody waits for one. */
async function checkSecret<T extends string | number>(...of: Parameters<typeof tryOnce<T>>): Promise<Checked<T>> {
  try {
    return await tryOnce(...of);
  } catch (error) {
    const fault = storeFaultOf(error);
    if (fault === 'bug') throw error;
    return { ok: false, reason: fault === 'full' ? 'storageFull' : 'storeLost', until: null };
  }
}

async function tryOnce<T extends string | number>(
  db: LedgerDb,
  now: Instant,
  who: string,
  secrets: readonly { readonly name: T; readonly pin: Staff['pin'] }[],
  pin: string,
): Promise<Checked<T>> {
  const until = await db.transaction('rw', db.pins, async () => {
    const row = await db.pins.get(who);
    // A clock that was set back must not lock the counter for longer than the longest wait.
    const waiting = row !== undefined && row.until > now && row.until - now <= LONGEST_WAIT_MS;
    if (waiting) return row.until;
    const fails = (row?.fails ?? 0) + 1;
    await db.pins.put({ who, fails, until: now + waitAfter(fails) });
    return null;
  });
  if (until !== null) return { ok: false, reason: 'locked', until };
  for (const secret of secrets) {
    if (await fits(secret.pin, pin)) {
      await db.pins.delete(who);
      return { ok: true, name: secret.name };
    }
  }
  const after = await db.pins.get(who);
  return { ok: false, reason: 'wrongPin', until: after !== undefined && after.until > now ? after.until : null };
}

async function fits(verifier: Staff['pin'], pin: string): Promise<boolean> {
  const key = await crypto.subtle.importKey('raw', new TextEncoder().encode(pin), 'PBKDF2', false, ['deriveBits']);
  const expected = fromBase64(verifier.hash);
  const salt = fromBase64(verifier.salt);
  const { iterations } = verifier;
  const algorithm = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations };
  const bits = new Uint8Array(await crypto.subtle.deriveBits(algorithm, key, expected.length * 8));
  return expected.length > 0 && bits.every((byte, at) => byte === expected[at]);
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
}
