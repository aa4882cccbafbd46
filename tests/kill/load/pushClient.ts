import { randomBytes } from 'node:crypto';
import { Agent, request } from 'node:http';
import { toBase64Url } from '../../../src/protocol/bytes.ts';
import { proofText, signText } from '../../../src/protocol/deviceProof.ts';
import { PROTOCOL_VERSION, type PushRequest } from '../../../src/protocol/sync.ts';
import { serverHash } from '../../../src/server/ledger/serverHash.ts';
import type { Recorded } from './recorder.ts';
import type { PairedTill } from './shops.ts';

/** A till's way to the server: one connection, every request signed with its key. */
export interface PushClient {
  /** `null` where there was no whole answer. */
  readonly push: (batch: readonly Recorded[]) => Promise<{ readonly status: number; readonly text: string } | null>;
  readonly close: () => void;
}

export async function openPushClient(origin: string, till: PairedTill): Promise<PushClient> {
  const key = await crypto.subtle.importKey('jwk', till.key, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
  const agent = new Agent({ keepAlive: true, maxSockets: 1, localAddress: till.address });
  return {
    push: (batch) => post(origin, agent, till, key, bodyOf(till, batch)),
    close: () => agent.destroy(),
  };
}

function bodyOf(till: PairedTill, batch: readonly Recorded[]): string {
  const health = { build: 'kill', unsent: batch.length, oldestUnsentAt: null, persisted: true };
  const push: PushRequest = {
    protocol: PROTOCOL_VERSION,
    run: till.run,
    events: batch.map((event) => event.bytes),
    patches: [],
    programs: [],
    health,
  };
  return JSON.stringify(push);
}

/** `null` where there was no whole answer. */
async function post(
  origin: string,
  agent: Agent,
  till: PairedTill,
  key: CryptoKey,
  body: string,
): Promise<{ status: number; text: string } | null> {
  const subject = { method: 'POST', path: '/sync/push', time: Date.now(), nonce: toBase64Url(randomBytes(16)), body };
  const signature = await signText(key, proofText(subject, serverHash));
  const { device } = till;
  const proof = `Regulars device="${device}", time="${subject.time}", nonce="${subject.nonce}", signature="${signature}"`;
  return new Promise((resolve) => {
    const asked = request(`${origin}/sync/push`, { method: 'POST', agent, headers: { Authorization: proof } });
    asked.once('error', () => resolve(null));
    asked.once('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('error', () => resolve(null));
      response.once('close', () => resolve(null));
      response.once('end', () => {
        if (!response.complete) return resolve(null);
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') });
      });
    });
    asked.end(body);
  });
}
