import type { PushAnswer } from '../../../src/protocol/sync.ts';
import type { Chance } from '../chance.ts';
import { openJournal } from './journal.ts';
import { openPushClient } from './pushClient.ts';
import { LoadRecorder, type Recorded } from './recorder.ts';
import type { PairedTill } from './shops.ts';

/** A process that drives many tills at once: each pushes one batch after the other without a pause. */
export interface DriverPlan {
  readonly tills: readonly PairedTill[];
  readonly folder: string;
  readonly origin: string;
  readonly seed: number;
  readonly batch: { readonly from: number; readonly to: number };
  /** Null control: writes an event down as acknowledged that it has thrown away. */
  readonly drops: boolean;
}

export interface Gate {
  /** Resolves at once while the server is up, else when it is up again. */
  readonly wait: () => Promise<void>;
  readonly isOpen: () => boolean;
  readonly acknowledged: () => void;
}

/** Pushes for ever: a batch is sent again, to the byte, until it was answered. Ends at an answer that must not be. */
export async function driveTill(till: PairedTill, chance: Chance, plan: DriverPlan, gate: Gate): Promise<void> {
  const client = await openPushClient(plan.origin, till);
  const recorder = new LoadRecorder(till, chance);
  const journal = openJournal(plan.folder, till);
  for (;;) {
    const batch = Array.from({ length: chance.whole(plan.batch.from, plan.batch.to) }, () => recorder.next());
    await gate.wait();
    journal.sent(batch);
    const sent = plan.drops && chance.share() < 0.2 ? batch.slice(0, -1) : batch;
    for (;;) {
      await gate.wait();
      const answer = await client.push(sent);
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
