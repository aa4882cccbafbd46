import { pbkdf2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import type { Staff } from '../../../protocol/documents.ts';
import { pinProblem } from '../../../protocol/office/officeRules.ts';
import type { PinProblem, StaffRole } from '../../../protocol/office/officeRules.ts';

const derive = promisify(pbkdf2);

/** PBKDF2, because a till checks PINs offline with WebCrypto, which has nothing slower. */
const ITERATIONS = 600_000;

/** What a till needs to check a PIN offline. */
export async function pinVerifier(pin: string): Promise<Staff['pin']> {
  return verifierOf(pin, randomBytes(16), ITERATIONS);
}

/** The same for any digits that a till checks offline, with a salt and a number of rounds of their own. */
export async function verifierOf(digits: string, salt: Buffer, iterations: number): Promise<Staff['pin']> {
  const hash = await derive(digits, salt, iterations, 32, 'sha256');
  return { salt: salt.toString('base64'), iterations, hash: hash.toString('base64') };
}

/** Whether a PIN is the one of a verifier; in constant time. */
export async function matchesPin(pin: string, verifier: Staff['pin']): Promise<boolean> {
  const expected = Buffer.from(verifier.hash, 'base64');
  const actual = await derive(
    pin,
    Buffer.from(verifier.salt, 'base64'),
    verifier.iterations,
    expected.length,
    'sha256',
  );
  return timingSafeEqual(expected, actual);
}

/**
 * Whether somebody may have this PIN: of the length that the role asks for, not an obvious one, and nobody else's who
 * is active, since a PIN alone says who approves.
 */
export async function checkPin(
  pin: string,
  role: StaffRole,
  others: readonly Staff[],
): Promise<{ readonly ok: true } | { readonly ok: false; readonly problem: PinProblem }> {
  const problem = pinProblem(pin, role);
  if (problem) return { ok: false, problem };
  for (const other of others) {
    if (other.active && (await matchesPin(pin, other.pin))) return { ok: false, problem: 'taken' };
  }
  return { ok: true };
}
