import { FOLD_VERSION } from '../../loyalty/version.ts';
import type { IdentifyParts } from '../identify/found.ts';
import { identify, findByPhone } from '../identify/identify.ts';
import type { OwnEntry } from '../ledger/ownEntries.ts';
import { Recorder } from '../ledger/recorder.ts';
import { Documents } from '../members/documents.ts';
import { Members, type Known } from '../members/members.ts';
import { Targets } from '../members/targets.ts';
import { todayOf } from '../overview/today.ts';
import { customerOf } from '../customerOf.ts';
import type { Staff } from '../../protocol/documents.ts';
import { leaveAnswerSchema } from '../../protocol/schemas/answerSchemas.ts';
import type { DeviceHealth, LeaveRequest } from '../../protocol/sync.ts';
import type { TillPorts } from '../ports.ts';
import type { CacheDb, Generation } from '../store/cacheDb.ts';
import { beginEmpty, currentOf } from '../store/generations.ts';
import type { Pairing } from '../store/ledgerDb.ts';
import { createApi, type Api } from '../sync/api.ts';
import { ClockOffset } from '../sync/clockOffset.ts';
import { SyncLoop } from '../sync/loop.ts';
import type { CustomerCredential } from '../till.ts';
import type { Stores, TillParts } from '../tillParts.ts';

export interface OpenedEvents {
  readonly staff: () => Staff | null;
  readonly storage: () => Pick<DeviceHealth, 'persisted' | 'storage'>;
  readonly busy: () => boolean;
  readonly recorded: (entries: readonly OwnEntry[]) => void;
  readonly moved: (members: readonly string[] | 'all', documents: boolean) => void;
}

/** A paired till at work: everything below the screens, tied together. */
export type Opened = Awaited<ReturnType<typeof openPaired>>;

/** Reads what a paired till has, and ties recorder, members and sync loop to it. The loop is not running yet. */
export async function openPaired(ports: TillPorts, stores: Stores, pairing: Pairing, events: OpenedEvents) {
  const { ledgerDb, cacheDb, own } = stores;
  const generation = await usable(cacheDb, ports.build);
  await own.load(generation.covered, generation.patchesCovered);
  const documents = new Documents(cacheDb);
  await documents.load();
  const targets = new Targets(cacheDb, documents);
  const members = new Members(cacheDb, own, documents, targets, generation);
  const parts: TillParts = { ports, ledgerDb, cacheDb, own, members, documents, targets, pairing };
  const clock = new ClockOffset();
  let ended = false;
  const asked = createApi({
    ports,
    device: pairing.device,
    keys: pairing.keys,
    skew: () => clock.value,
    measured: (sentAt, time, receivedAt) => {
      clock.measured(sentAt, time, receivedAt);
      if (loop.network.get().skew !== clock.value) loop.set({ skew: clock.value });
    },
  });
  /** What is still on its way when the till is removed must not be stored behind the wipe. */
  const api: Api = {
    ...asked,
    get: async (path, reader) => {
      const answer = await asked.get(path, reader);
      return ended ? { ok: false, failure: { kind: 'network' } } : answer;
    },
  };
  const loop: SyncLoop = new SyncLoop({
    ...parts,
    api,
    health: () => {
      const { skew, lastError } = loop.network.get();
      return { ...events.storage(), skew: skew === null ? null : Math.round(skew), lastError };
    },
    busy: events.busy,
    moved: events.moved,
    settled: () => recorder.releaseShares(),
    reload,
    progress: (bootstrap) => loop.set({ bootstrap }),
  });
  loop.set({ lastSyncAt: generation.asOf });
  const serverNow = () => ports.now() + (loop.network.get().skew ?? 0);
  const asCustomer = (known: Known, credential: CustomerCredential | null) =>
    customerOf(documents, members, serverNow(), known, credential);
  const recorder = new Recorder({
    ...parts,
    staff: events.staff,
    network: loop.network.get,
    customerOf: asCustomer,
    recorded: events.recorded,
  });
  const identifyParts: IdentifyParts = {
    cacheDb,
    own,
    members,
    documents,
    customerOf: asCustomer,
    time: () => ({ now: serverNow(), sure: clock.value !== null }),
  };

  const leave = (request: LeaveRequest) => asked.post('/sync/leave', JSON.stringify(request), leaveAnswerSchema);

  /** Another tab has pulled: what this one holds in memory is old. */
  async function reload(): Promise<void> {
    const now = await currentOf(cacheDb);
    if (now === null) return;
    targets.forget();
    await documents.load();
    members.moved(now, 'all');
    await own.load(now.covered, now.patchesCovered);
  }

  return {
    pairing,
    own,
    members,
    documents,
    loop,
    recorder,
    serverNow,
    reload,
    /** Ends the sync for good: this till is removed from the shop. `true`: the server could be told so. */
    end: async (by: string | null) => {
      ended = true;
      loop.stop();
      return (await leave({ staff: by })).ok;
    },
    /** After the wipe, by the keys that are still in memory: what this till had left of limits can be given out elsewhere. */
    wiped: async (by: string | null, recorded: Readonly<Record<string, number>>) => {
      await leave({ staff: by, wiped: recorded });
    },
    customer: async (member: string, credential: CustomerCredential | null) =>
      asCustomer(await members.load(member), credential),
    identify: (text: string, source: 'camera' | 'wedge' | 'typed') => identify(identifyParts, text, source),
    findByPhone: (digits: string) => findByPhone(identifyParts, digits),
    today: (day: string) => todayOf({ cacheDb, own, members, documents, device: pairing.device }, day),
  };
}

/** The states in use. Ones of another fold, or that a newer build can read better, are replaced as soon as there is network. */
async function usable(db: CacheDb, build: string): Promise<Generation> {
  const current = await currentOf(db);
  const nowhere = { epoch: 'unknown', gseq: 0, chain: '0'.repeat(64), rev: 0 };
  if (current === null) return beginEmpty(db, nowhere, build);
  const newer = current.unknownMet && current.build !== build;
  if (current.fold !== FOLD_VERSION || newer) await db.meta.put({ key: 'stale', value: 'fold' });
  return current;
}
