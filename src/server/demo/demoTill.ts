import type { Day, Instant } from '../../loyalty/basics.ts';
import type { Effect } from '../../loyalty/effects.ts';
import type { Fact } from '../../loyalty/facts.ts';
import { ENGINE_VERSION } from '../../loyalty/version.ts';
import { canonical } from '../../protocol/canonical.ts';
import type { Event } from '../../protocol/event.ts';
import { eventHash, ZERO_HASH } from '../../protocol/hash.ts';
import { PROTOCOL_VERSION, PUSH_MAX_EVENTS } from '../../protocol/sync.ts';
import type { Deps } from '../deps.ts';
import { putDocument } from '../store/documents.ts';
import { readEpoch } from '../store/epoch.ts';
import { readHead } from '../store/businesses.ts';
import { push } from '../usecases/push.ts';

/** One act at an invented till. */
interface DemoAct {
  readonly id: string;
  readonly at: Instant;
  readonly day: Day;
  readonly staff: string;
  readonly member: string | null;
  readonly card: string | null;
  readonly fact: Fact;
  readonly told: readonly Effect[];
}

/** A till that nobody holds: it writes real events and brings them the way every till does. */
export interface DemoTill {
  readonly device: string;
  readonly record: (act: DemoAct) => void;
  /** Brings what was recorded; the deps' clock says when it arrives. */
  readonly bring: (deps: Pick<Deps, 'db' | 'clock' | 'random' | 'live'>) => Promise<void>;
}

export interface DemoTillOptions {
  readonly business: string;
  readonly device: string;
  readonly name: string;
  readonly location: string;
  /** Hash of the program in force. */
  readonly program: string;
  readonly pairedAt: Instant;
}

/** Pairs an invented till. Its key is thrown away at once: nobody can push as this till over the network. */
export async function createDemoTill(deps: Pick<Deps, 'db'>, options: DemoTillOptions): Promise<DemoTill> {
  const { business, device, name, location, program, pairedAt } = options;
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', pair.publicKey);
  const row = { device, business, x, y, paired_at: pairedAt, revoked_at: null, seen_at: pairedAt, health: null };
  await deps.db.insertInto('devices').values(row).execute();
  const data = { id: device, name, location, revoked: false };
  await putDocument(deps.db, business, { kind: 'device', id: device, data });

  const epoch = await readEpoch(deps.db);
  const run = `${device}-run`;
  let seq = 0;
  let prev = ZERO_HASH;
  let basis = { epoch, gseq: 0 };
  let waiting: string[] = [];
  return {
    device,
    record: ({ id, at, day, staff, member, card, fact, told }) => {
      seq += 1;
      const event: Event = {
        v: 1,
        id,
        business,
        location,
        device,
        run,
        seq,
        prev,
        at,
        skew: 0,
        day,
        basis,
        engine: ENGINE_VERSION,
        staff,
        member,
        credential: card === null ? null : { kind: 'rotating', id: card },
        program,
        fact,
        told,
      };
      const bytes = canonical(event);
      prev = eventHash(bytes);
      waiting.push(bytes);
    },
    bring: async (parts) => {
      const health = { build: '', unsent: 0, oldestUnsentAt: null, persisted: true };
      while (waiting.length > 0) {
        const events = waiting.slice(0, PUSH_MAX_EVENTS);
        await push(parts, row, { protocol: PROTOCOL_VERSION, run, events, patches: [], programs: [], health });
        waiting = waiting.slice(PUSH_MAX_EVENTS);
      }
      basis = { epoch, gseq: (await readHead(parts.db, business))?.head ?? 0 };
    },
  };
}
