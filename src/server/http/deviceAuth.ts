import type { Context } from 'hono';
import { PROOF_WINDOW_MS, proofText, readProof } from '../../protocol/deviceProof.ts';
import type { ErrorCode } from '../../protocol/sync.ts';
import type { Deps } from '../deps.ts';
import { serverHash } from '../ledger/serverHash.ts';
import { findDevice } from '../store/devices.ts';
import type { DeviceRow } from '../store/tables/ledgerTables.ts';
import type { Verify } from './verifier.ts';

type Authentication =
  | { readonly ok: true; readonly device: DeviceRow }
  | { readonly ok: false; readonly error: ErrorCode; readonly message: string };

/** Who says to ask, and how the body proves it: nothing is proven before `prove`. */
type Claim =
  | { readonly ok: true; readonly prove: (body: string | Uint8Array) => Promise<Authentication> }
  | Extract<Authentication, { readonly ok: false }>;

/** Looks at the headers alone, so that no stranger can make the server read a body. */
export type Introduce = (c: Context) => Promise<Claim>;

/**
 * Checks device proofs. Keeps used nonces in memory, for as long as they matter. Of several server processes each accepts a
 * proof once: whatever a device asks for must be safe to be asked again, as it must be for a lost answer anyway.
 */
export function createDeviceAuth({ db, clock }: Pick<Deps, 'db' | 'clock'>, verify: Verify): Introduce {
  const nonces = createNonces();

  return async (c) => {
    const proof = readProof(c.req.header('Authorization') ?? '');
    if (!proof) return refuse('unauthorized', 'A device proof is needed.');
    const now = clock.now();
    if (Math.abs(now - proof.time) > PROOF_WINDOW_MS) {
      return refuse('proofClock', 'The proof is too old or from the future; set its time by the time in this answer.');
    }
    const device = await findDevice(db, proof.device);
    if (!device) return refuse('unauthorized', 'This device is not paired with this server.');
    const { pathname, search } = new URL(c.req.url);
    const { time, nonce } = proof;
    const prove = async (body: string | Uint8Array): Promise<Authentication> => {
      const text = proofText({ method: c.req.method, path: pathname + search, time, nonce, body }, serverHash);
      if (!(await verify(device, text, proof.signature))) {
        return refuse('unauthorized', 'The signature does not fit the request.');
      }
      if (!nonces.use(`${proof.device}/${nonce}`, clock.now())) {
        return refuse('unauthorized', 'This proof was used before.');
      }
      return { ok: true, device };
    };
    return { ok: true, prove };
  };
}

function refuse(error: ErrorCode, message: string): Extract<Authentication, { readonly ok: false }> {
  return { ok: false, error, message };
}

/** Remembers nonces for as long as their proofs could still be accepted. */
function createNonces() {
  const used = new Map<string, number>();
  return {
    use: (key: string, now: number): boolean => {
      // In order of arrival, so the outdated ones stand in front.
      for (const [old, until] of used) {
        if (until > now) break;
        used.delete(old);
      }
      if (used.has(key)) return false;
      used.set(key, now + 2 * PROOF_WINDOW_MS);
      return true;
    },
  };
}
