import { IDBFactory as FakeFactory, IDBKeyRange as FakeKeyRange } from 'fake-indexeddb';
import { canonical } from '../../../src/protocol/canonical.ts';
import type { Event } from '../../../src/protocol/event.ts';
import { eventHash } from '../../../src/protocol/hash.ts';
import { openCacheDb } from '../../../src/till/store/cacheDb.ts';
import { openLedgerDb } from '../../../src/till/store/ledgerDb.ts';
import { copyDatabases } from '../../sync/copyDatabases.ts';
import type { Tablet } from '../tablet.ts';
import { type Act, somePage } from './choose.ts';
import { pair, start } from './sync.ts';

const NAME = 'till';

export const crash: Act = async (world) => {
  const page = somePage(world);
  if (page === null) return;
  world.tell(`${page.name} is killed`);
  page.crash();
};

export const switchNetwork: Act = async (world) => {
  const tablet = world.rng.pick(world.tablets);
  if (world.offline.delete(tablet)) world.tell(`${tablet.name} has network again`);
  else {
    world.offline.add(tablet);
    world.tell(`${tablet.name} has no network`);
  }
};

/** Screens come back, the network comes back: the app hears of it. */
export const wake: Act = async (world) => {
  somePage(world)?.wakers.forEach((listener) => listener());
};

export const setClock: Act = async (world) => {
  const { rng } = world;
  const { clock, name } = rng.pick(world.tablets);
  const minute = 60_000;
  const year = 365 * 86_400_000;
  const kind = rng.below(5);
  if (kind === 0) Object.assign(clock, { offset: 0, frozen: null });
  else if (kind === 1) clock.offset += rng.between(-20, 20) * minute;
  else if (kind === 2) clock.offset = rng.between(-2, 2) * year + rng.below(year);
  else if (kind === 3) clock.offset += rng.between(-3, 3) * 86_400_000;
  else clock.frozen = clock.frozen === null ? Math.max(0, world.now() + clock.offset) : null;
  world.tell(`${name} has its clock off by ${clock.offset}${clock.frozen === null ? '' : ', and it stands still'}`);
};

export const secondTab: Act = async (world) => {
  const page = somePage(world);
  if (page === null || page.tablet.living.length > 1) return;
  world.tell(`${page.tablet.name} opens a second tab`);
  await start(world, page.tablet.open(world.plan.loops));
};

/** Storage that the browser throws away, or somebody clears. */
export const wipe: Act = async (world) => {
  const tablet = world.rng.pick(world.tablets);
  if (tablet.isAway) return;
  closeAll(tablet);
  world.oracle.storageGoes(tablet, () => {
    tablet.factory = new FakeFactory();
    if (world.rng.chance(0.5)) tablet.marker = null;
  });
  world.tell(`${tablet.name} loses its storage`);
  world.count('storage wiped');
};

/** A copy of the browser's profile is put aside, to come back later. */
export const keepCopy: Act = async (world) => {
  const tablet = world.rng.pick(world.tablets);
  if (tablet.isAway) return;
  const copy = await copyOf(tablet);
  tablet.copies.push(copy);
  world.tell(`${tablet.name}: a copy of its storage is put aside`);
};

export const bringCopyBack: Act = async (world) => {
  const tablet = world.rng.pick(world.tablets);
  if (tablet.isAway) return;
  const copy = tablet.copies.pop();
  if (copy === undefined) return;
  closeAll(tablet);
  world.oracle.storageGoes(tablet, () => (tablet.factory = copy));
  // It may have given away since what it holds again now.
  world.oracle.limitsEnd();
  world.tell(`${tablet.name}: the copy of its storage is brought back`);
  world.count('storage restored from an old copy');
};

/** Two tablets with one identity: a disk image, a restored phone backup. */
export const clone: Act = async (world) => {
  const tablet = world.rng.pick(world.tablets);
  if (tablet.isAway || world.tablets.length > 12) return;
  const factory = await copyOf(tablet);
  const twin = world.addTablet(tablet.business);
  twin.factory = factory;
  twin.marker = tablet.marker;
  world.oracle.storageOf(twin).copied(world.oracle.storageOf(tablet));
  world.oracle.limitsEnd();
  world.tell(`${twin.name} is a copy of ${tablet.name}`);
  world.count('storage cloned');
};

/** Another version of the app: newer or older, with whatever the one before has left in the storage. */
export const changeBuild: Act = async (world) => {
  const { rng } = world;
  const tablet = rng.pick(world.tablets);
  if (tablet.isAway) return;
  closeAll(tablet);
  tablet.build = `build-${rng.between(1, 3)}`;
  if (world.oracle.storageOf(tablet).holds.size > 0) world.count('another build with a full ledger');
  if (rng.chance(0.5)) {
    await away(tablet, async () => {
      const db = openCacheDb({ indexedDb: { factory: tablet.factory, keyRange: FakeKeyRange }, storeName: NAME });
      const row = await db.meta.get('current');
      const fold = rng.pick([0, 99]);
      if (row?.key === 'current') await db.meta.put({ key: 'current', value: { ...row.value, fold } });
      db.close();
    });
    world.count('states of another fold');
  }
  world.tell(`${tablet.name} has ${tablet.build} now`);
};

/** A newer version had recorded something that this one and the server do not know. */
export const unknownKind: Act = async (world) => {
  const tablet = world.rng.pick(world.tablets);
  if (tablet.isAway) return;
  closeAll(tablet);
  await away(tablet, async () => {
    const db = openLedgerDb({ indexedDb: { factory: tablet.factory, keyRange: FakeKeyRange }, storeName: NAME });
    const last = await db.events.orderBy('n').last();
    if (last !== undefined && last.seq > 0 && !last.bytes.includes('\u0000')) {
      const before = JSON.parse(last.bytes) as Event;
      const id = `${before.id.slice(0, 24)}${Buffer.from(world.rng.bytes(6)).toString('hex')}`;
      const fact = { kind: 'teleported', to: 'the moon' };
      const bytes = canonical({ ...before, id, seq: last.seq + 1, prev: last.hash, fact, told: [] });
      await db.events.add({ ...last, n: last.n + 1, seq: last.seq + 1, hash: eventHash(bytes), bytes });
      world.tell(`${tablet.name}: a newer version has recorded ${id.slice(-6)}`);
      world.count('event of an unknown kind in the queue');
      world.watch(() => world.oracle.confirm(tablet, id));
    }
    db.close();
  });
};

/** The disk gives other bytes back than were written. */
export const corrupt: Act = async (world) => {
  const tablet = world.rng.pick(world.tablets);
  if (tablet.isAway) return;
  closeAll(tablet);
  await away(tablet, async () => {
    const db = openLedgerDb({ indexedDb: { factory: tablet.factory, keyRange: FakeKeyRange }, storeName: NAME });
    const rows = await db.events.orderBy('n').toArray();
    const row = rows.at(-1 - world.rng.below(5));
    if (row !== undefined && row.seq > 0) {
      const at = world.rng.below(row.bytes.length);
      const bytes = `${row.bytes.slice(0, at)}\u0000${row.bytes.slice(at + 1)}`;
      await db.events.put({ ...row, bytes });
      world.oracle.storageOf(tablet).corrupted(row.n, row.hash);
      world.oracle.forget(row.bytes);
      world.tell(`${tablet.name}: row ${row.n} of its ledger is damaged`);
      world.count('damaged bytes in the queue');
    }
    db.close();
  });
};

/** A till that the server does not know (any more), or that was revoked, is paired once more. */
export const pairAgain: Act = async (world) => {
  const pages = world.tablets
    .flatMap((tablet) => tablet.living)
    .filter(({ till }) => till.status.get().mustPair || till.status.get().phase === 'revoked');
  if (pages.length === 0) return;
  await pair(world, world.rng.pick(pages));
  world.count('paired again');
};

function closeAll(tablet: Tablet): void {
  for (const page of tablet.living) page.crash();
}

/** Nobody opens the app while its storage is in other hands. */
async function away<T>(tablet: Tablet, run: () => Promise<T>): Promise<T> {
  tablet.isAway = true;
  try {
    return await run();
  } finally {
    tablet.isAway = false;
  }
}

function copyOf(tablet: Tablet): Promise<IDBFactory> {
  closeAll(tablet);
  return away(tablet, async () => {
    const to = new FakeFactory();
    await copyDatabases(tablet.factory, to, NAME);
    return to;
  });
}
