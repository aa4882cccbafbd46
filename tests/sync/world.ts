import { join } from 'node:path';
import { IDBFactory as FakeFactory } from 'fake-indexeddb';
import { both } from '../../src/loyalty/presets.ts';
import type { Program } from '../../src/loyalty/program.ts';
import { toHex } from '../../src/protocol/bytes.ts';
import { issueCardToken } from '../../src/protocol/card/cardToken.ts';
import { programHash } from '../../src/protocol/hash.ts';
import { createApp } from '../../src/server/app.ts';
import { type Backup, type BackupOptions, makeBackup } from '../../src/server/backup/makeBackup.ts';
import { restoreBackup, type Restored, type RestoreOptions } from '../../src/server/backup/restoreBackup.ts';
import type { Config } from '../../src/server/config.ts';
import type { Deps } from '../../src/server/deps.ts';
import { getDocument, putDocument } from '../../src/server/store/documents.ts';
import { sampleBusiness } from '../../src/server/testing/sampleBusiness.ts';
import { cardSigner, currentCardKeys } from '../../src/server/usecases/card/cardKeys.ts';
import { createPairingCode } from '../../src/server/usecases/pair.ts';
import { recordServerEvents } from '../../src/server/usecases/recordServerEvents.ts';
import { createTill, type RunningTill } from '../../src/till/createTill.ts';
import { copyDatabases } from './copyDatabases.ts';
import { makeDisk } from './disk.ts';
import { testPorts, type TestPorts } from '../../src/till/testing/testPorts.ts';

export const BUSINESS = 'shop-1';
const CALM = { burst: 1e9, perSecond: 1e9 };
const RATES = { address: CALM, device: CALM, pairing: CALM, pairingAll: CALM };

export interface Tablet {
  readonly till: RunningTill;
  readonly ports: TestPorts;
  /** Takes the network away, or gives it back. */
  readonly online: (on: boolean) => void;
}

/** A real server over a real database, with a shop in it, and as many tills as a test wants. */
export interface World {
  readonly deps: Deps;
  readonly program: Program;
  /** One time for everybody; tills read it through their ports. */
  readonly clock: { now: number };
  readonly request: (path: string, init?: RequestInit) => Promise<Response>;
  readonly tablet: (name: string, seed: number) => Promise<Tablet>;
  /** The same tablet's browser opened again: same storage, nothing in memory; with `loop` it syncs by itself. */
  readonly reopen: (tablet: Tablet, seed: number, loop?: boolean) => Promise<Tablet>;
  /** A customer who joined on the phone: the card's static text, and who it is. */
  readonly join: () => Promise<{ readonly text: string; readonly card: string; readonly member: string }>;
  /** Puts another program in force; gives its hash. */
  readonly publish: (program: Program) => Promise<string>;
  /** A copy of a tablet's storage as it is now, opened elsewhere. */
  readonly copyOf: (tablet: Tablet, seed: number) => Promise<Tablet>;
  /** Copies the server's database; gives the place of the copy. */
  readonly backup: () => Promise<string>;
  /** Another copy of a backup, for a test that restores it more than once. */
  readonly copyBackup: (backup: string) => Promise<string>;
  /** The server's disk is lost: it goes on from a backup, under a new epoch. */
  readonly restore: (backup: string, epoch: string) => Promise<void>;
  /** The settings of the server as it stands now. */
  readonly place: () => { readonly config: Config };
  /** Makes a backup as `npm run backup` does. */
  readonly save: (options?: Partial<BackupOptions>) => Promise<Backup>;
  /** The server's disk is lost: a backup goes into an empty place, as with `npm run restore`, and a server starts there. */
  readonly recover: (file: string, options?: Partial<RestoreOptions>) => Promise<Restored>;
  readonly end: () => Promise<void>;
}

export async function makeWorld(): Promise<World> {
  const disk = await makeDisk();
  const clock = { now: Date.UTC(2026, 2, 10, 9, 0, 0) };
  const open = async (at: string): Promise<Deps> => ({ ...(await disk.open(at)), clock: { now: () => clock.now } });
  let place = disk.first;
  let deps = await open(place);
  const program = both({ scale: 0, takes: 3, giftIsLast: false });
  await openShop(deps, program);
  let app = createApp(deps, { rates: RATES });
  const request = async (path: string, init?: RequestInit) => app.request(path, init);
  const tills: RunningTill[] = [];

  async function make(ports: TestPorts, loop = false): Promise<Tablet> {
    Object.defineProperty(ports, 'time', { get: () => clock.now });
    const online = (on: boolean) => {
      ports.network = on ? request : () => Promise.reject(new TypeError('offline'));
    };
    online(true);
    const till = createTill(ports, { loop });
    tills.push(till);
    return { till, ports, online };
  }

  return {
    get deps() {
      return deps;
    },
    program,
    clock,
    request,
    tablet: async (name, seed) => {
      const tablet = await make(testPorts(seed));
      await tablet.till.start();
      const { code } = await createPairingCode(deps, BUSINESS, { deviceName: name, location: 'main' });
      const paired = await tablet.till.pair(code);
      if (!paired.ok) throw new Error(`not paired: ${paired.reason}`);
      if (!(await tablet.till.syncOnce())) throw new Error(`no first sync: ${tablet.till.status.get().lastError}`);
      return tablet;
    },
    reopen: async (tablet, seed, loop = false) => {
      const again = await make(testPorts(seed, { factory: tablet.ports.indexedDb.factory }), loop);
      await again.till.start();
      return again;
    },
    join: async () => {
      const card = toHex(deps.random.bytes(16));
      const member = deps.random.id();
      const token = await issueCardToken(await cardSigner(deps, BUSINESS), BUSINESS, card, 1000);
      await recordServerEvents(deps, BUSINESS, [
        { member, staff: null, fact: { kind: 'enrolled', via: 'card' } },
        { member, staff: null, fact: { kind: 'credentialIssued', credential: card, credentialKind: 'static' } },
      ]);
      return { text: `HTTPS://SHOP.EXAMPLE/C/${token}`, card, member };
    },
    publish: async (next) => {
      const hash = programHash(next);
      const data = { hash, publishedAt: clock.now, program: next };
      await putDocument(deps.db, BUSINESS, { kind: 'program', id: hash, data });
      const shop = await getDocument(deps.db, BUSINESS, 'business', BUSINESS);
      if (shop === null) throw new Error('no shop');
      await putDocument(deps.db, BUSINESS, { kind: 'business', id: BUSINESS, data: { ...shop, program: hash } });
      return hash;
    },
    copyOf: async (tablet, seed) => {
      const factory = new FakeFactory();
      await copyDatabases(tablet.ports.indexedDb.factory, factory, tablet.ports.storeName);
      const copy = await make(testPorts(seed, { factory }));
      await copy.till.start();
      return copy;
    },
    backup: () => disk.copy(place, deps),
    copyBackup: (backup) => disk.copy(backup),
    restore: async (backup, epoch) => {
      await deps.db.destroy();
      place = backup;
      deps = await open(place);
      await deps.db.updateTable('server_meta').set({ value: epoch }).where('key', '=', 'epoch').execute();
      app = createApp(deps, { rates: RATES });
    },
    place: () => ({ config: disk.configOf(place) }),
    save: (options = {}) => {
      const folder = join(disk.configOf(place).data, 'saved');
      const parts = { config: disk.configOf(place), db: deps.db, folder, isElsewhere: true, now: clock.now };
      return makeBackup({ ...parts, say: () => {}, ...options });
    },
    recover: async (file, options = {}) => {
      const next = await disk.empty();
      const how = { keyFile: null, withoutKeys: false, replace: false, epoch: `epoch-${next}`, now: clock.now };
      const restored = await restoreBackup({ config: disk.configOf(next), file, ...how, say: () => {}, ...options });
      await deps.db.destroy();
      place = next;
      deps = await open(place);
      app = createApp(deps, { rates: RATES });
      return restored;
    },
    end: async () => {
      for (const till of tills) await till.close();
      await deps.db.destroy();
      disk.end();
    },
  };
}

async function openShop(deps: Deps, program: Program): Promise<void> {
  const hash = programHash(program);
  await putDocument(deps.db, BUSINESS, {
    kind: 'program',
    id: hash,
    data: { hash, publishedAt: deps.clock.now(), program },
  });
  await putDocument(deps.db, BUSINESS, {
    kind: 'business',
    id: BUSINESS,
    data: sampleBusiness({ id: BUSINESS, name: 'Sample', program: hash }),
  });
  await putDocument(deps.db, BUSINESS, { kind: 'location', id: 'main', data: { id: 'main', name: 'Main' } });
  const data = await currentCardKeys(deps, BUSINESS);
  await putDocument(deps.db, BUSINESS, { kind: 'cardKeys', id: BUSINESS, data });
}
