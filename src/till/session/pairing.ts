import { pairAnswerSchema, errorAnswerSchema } from '../../protocol/schemas/answerSchemas.ts';
import { pairingText } from '../../protocol/deviceProof.ts';
import type { PairAnswer, PairRequest } from '../../protocol/pairing.ts';
import { beginPairedRun } from '../ledger/newRun.ts';
import type { TillPorts } from '../ports.ts';
import { beginEmpty, forgetShop } from '../store/generations.ts';
import type { LedgerDb, Pairing } from '../store/ledgerDb.ts';
import { storeFaultOf } from '../store/storeError.ts';
import { isPassing } from '../sync/backoff.ts';
import type { SyncLoop } from '../sync/loop.ts';
import type { PairOutcome } from '../till.ts';
import type { Stores } from '../tillParts.ts';

/** A network that says nothing is a network that is not there. */
const TIMEOUT_MS = 30_000;

type Refused = Extract<PairOutcome, { ok: false }>['reason'];

/**
 * Before a till is paired anew, what it has recorded goes to the server under the name that it had: that of another device
 * it would not take. `null`: all of it went, or the server takes nothing of this till any more.
 */
export async function bringAll(loop: SyncLoop): Promise<'offline' | 'storage' | null> {
  try {
    const failure = await loop.cycle();
    return failure !== null && isPassing(failure) ? 'offline' : null;
  } catch (error) {
    if (storeFaultOf(error) === 'bug') throw error;
    return 'storage';
  }
}

/**
 * Redeems a one-time code: makes the till's key, which can never be read out of this browser, and stores the pairing with
 * the begin of a run. Events of an earlier pairing stay.
 * @param former the pairing of a till that the server does not know any more: it asks to be the same device again, and
 * then everything here goes on as it was
 */
export async function pair(
  ports: TillPorts,
  { ledgerDb, cacheDb, own }: Stores,
  typed: string,
  former: Pairing | null = null,
): Promise<{ readonly ok: true; readonly pairing: Pairing } | { readonly ok: false; readonly reason: Refused }> {
  const code = typed.toUpperCase().replaceAll(/[\s-]/g, '');
  const { keys, point } =
    former === null
      ? await ports.signer.makeKeys()
      : { keys: former.keys, point: await ports.signer.pointOf(former.keys) };
  const proof = await ports.signer.sign(keys, pairingText(code, former?.device));
  const request: PairRequest = { code, publicKey: point, proof, ...(former && { device: former.device }) };
  const answer = await ask(ports, request);
  if (typeof answer === 'string') return { ok: false, reason: answer };
  const { device, name, business, location, cursor } = answer;
  const pairing: Pairing = { device, name, business, location, keys };
  try {
    if (former?.device === device && former.business === business) {
      await cacheDb.meta.put({ key: 'stale', value: 'diverged' });
      await storePairing(ledgerDb, pairing);
      return { ok: true, pairing };
    }
    // The pairing last: cut short before it, the till is what it was. A new device must never go on with the old one's run.
    const before = await ledgerDb.meta.get('pairing');
    await beginPairedRun(ports, ledgerDb, own);
    if (before?.key === 'pairing' && before.value.business !== business) await forgetShop(cacheDb);
    await beginEmpty(cacheDb, cursor, ports.build);
    await storePairing(ledgerDb, pairing);
  } catch (error) {
    if (storeFaultOf(error) === 'bug') throw error;
    return { ok: false, reason: 'storage' };
  }
  ports.marker.set(device);
  await ports.storage.persist();
  return { ok: true, pairing };
}

/** What was revoked is so no longer. */
async function storePairing(db: LedgerDb, pairing: Pairing): Promise<void> {
  await db.transaction('rw', db.meta, async () => {
    await db.meta.put({ key: 'pairing', value: pairing });
    await db.meta.put({ key: 'revoked', value: false });
  });
}

async function ask(ports: TillPorts, request: PairRequest): Promise<PairAnswer | Refused> {
  let status: number;
  let json: unknown;
  const stop = new AbortController();
  const cancel = ports.timers.after(TIMEOUT_MS, () => stop.abort());
  try {
    const response = await ports.fetch('/pair', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify(request),
      cache: 'no-store',
      redirect: 'error',
      signal: stop.signal,
    });
    status = response.status;
    json = await response.json();
  } catch {
    return 'offline';
  } finally {
    cancel();
  }
  const answer = pairAnswerSchema.safeParse(json);
  if (status < 300 && answer.success) return answer.data;
  const error = errorAnswerSchema.safeParse(json);
  if (!error.success || status >= 500) return 'offline';
  if (error.data.error === 'tooMany') return 'tooMany';
  return error.data.error === 'conflict' ? 'expired' : 'wrongCode';
}
