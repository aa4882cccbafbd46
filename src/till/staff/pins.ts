import type { Instant } from '../../loyalty/basics.ts';
import type { Staff } from '../../protocol/documents.ts';
import type { LedgerDb } from '../store/ledgerDb.ts';
import type { SignInOutcome } from '../till.ts';

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
  for (const person of people) {
    if (person.active && (await fits(person.pin, pin))) {
      await db.pins.delete(who);
      return { ok: true, staff: person.id };
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
