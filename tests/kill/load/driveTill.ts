import { randomBytes } from 'node:crypto';
import { Agent, request } from 'node:http';
import { toBase64Url } from '../../../src/protocol/bytes.ts';
import { proofText, signText } from '../../../src/protocol/device-proof.ts';
import { PROTOCOL_VERSION, type PushAnswer, type PushRequest } from '../../../src/protocol/sync.ts';
import { serverHash } from '../../../src/server/ledger/serverHash.ts';
import type { Chance } from '../chance.ts';
import type { DriverPlan } from './driver.ts';
import { openJournal } from './journal.ts';
import { LoadRecorder, type Recorded } from './recorder.ts';
import type { PairedTill } from './shops.ts';

export interface Gate {
  /** Resolves at once while the server is up, else when it is up again. */
  readonly wait: () => Promise<void>;
  readonly isOpen: () => boolean;
  readonly acknowledged: () => void;
}

/** Pushes for ever: a batch is sent again, to the byte, until it was answered. Ends at an answer that must not be. */
export async function driveTill(till: PairedTill, chance: Chance, plan: DriverPlan, gate: Gate): Promise<void> {
  const key = await crypto.subtle.importKey('jwk', till.key, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
  const agent = new Agent({ keepAlive: true, maxSockets: 1, localAddress: till.address });
  const recorder = new LoadRecorder(till, chance);
  const journal = openJournal(plan.folder, till);
  for (;;) {
    const batch = Array.from({ length: chance.whole(plan.batch.from, plan.batch.to) }, () => recorder.next());
    await gate.wait();
    journal.sent(batch);
    const body = bodyOf(till, plan.drops && chance.share() < 0.2 ? batch.slice(0, -1) : batch);
    for (;;) {
      await gate.wait();
      const answer = await post(plan.origin, agent, till, key, body);
      if (answer === null) {
        if (gate.isOpen()) await pause(20);
        continue;
      }
      const wrong = answer.status === 200 ? judge(answer.text, batch, plan.drops) : refusal(answer);
      if (wrong === 'later') {
        await pause(100);
        continue;
      }
      if (wrong === null) break;
      journal.odd(wrong);
      return;
    }
    journal.acknowledged(batch);
    gate.acknowledged();
  }
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

/** What is wrong with an answer of 200; `null`: nothing. */
function judge(text: string, batch: readonly Recorded[], drops: boolean): string | null {
  const last = batch.at(-1);
  let answer: PushAnswer;
  try {
    answer = JSON.parse(text) as PushAnswer;
  } catch {
    return `a 200 that is no answer: ${text.slice(0, 80)}`;
  }
  // The driver that drops events must be found out by the ledger alone.
  if (drops) return null;
  const bad = answer.results.find(({ result }) => result === 'gap' || result === 'quarantined');
  if (bad) return `seq ${bad.seq} is ${JSON.stringify(bad)}`;
  if (answer.storedThrough !== last?.seq) return `stored through ${answer.storedThrough}, sent through ${last?.seq}`;
  return answer.storedHash === last.hash ? null : `another event is stored as seq ${last.seq}`;
}

/** 429 and 5xx are to be tried again; anything else is a mistake of somebody. */
function refusal({ status, text }: { status: number; text: string }): string {
  return status === 429 || status >= 500 ? 'later' : `answered ${status} ${text.slice(0, 200)}`;
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

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
