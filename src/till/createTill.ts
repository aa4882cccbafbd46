import type { Staff } from '../protocol/documents.ts';
import { dayOf } from '../protocol/day.ts';
import { OwnLedger } from './ledger/ownLedger.ts';
import { exportJournal } from './journal/exportJournal.ts';
import { isExported, unpair, type Rows } from './journal/unpair.ts';
import { observable } from './observable.ts';
import { openPaired, type Opened } from './opened.ts';
import { recentStrip } from './overview/recentStrip.ts';
import { pair } from './pairing.ts';
import type { TabMessage, TillPorts } from './ports.ts';
import { checkOwnerCode, checkPin } from './staff/pins.ts';
import { openCacheDb } from './store/cacheDb.ts';
import { durably } from './store/durably.ts';
import { openLedgerDb, type Pairing } from './store/ledgerDb.ts';
import { NETWORK_AT_START } from './sync/loop.ts';
import type { Recording, Shop, Till, TillStatus, UnpairOutcome } from './till.ts';

const NOT_PAIRED: Recording = { ok: false, refusal: { kind: 'notSaved', because: 'notPaired' } };

/** A till and the way to end it (tests close what they open; a page just goes). */
export interface RunningTill extends Till {
  readonly close: () => Promise<void>;
  /** One round of sync now, without the loop: for simulations. Gives whether it reached the server. */
  readonly syncOnce: () => Promise<boolean>;
}

/**
 * Makes the till from its ports. Nothing happens before `start`.
 * @param options.loop false: nobody syncs by itself; a simulation calls `syncOnce`
 */
export function createTill(ports: TillPorts, options: { readonly loop: boolean } = { loop: true }): RunningTill {
  const ledgerDb = openLedgerDb(ports);
  const cacheDb = openCacheDb(ports);
  const own = new OwnLedger(ledgerDb, ports.now);
  const shop = observable<Shop | null>(null);
  const { recent, refresh: refreshRecent } = recentStrip(own, () => opened?.members ?? null);
  const status = observable<TillStatus>({
    phase: 'starting',
    connection: 'unknown',
    staff: null,
    unsent: 0,
    oldestUnsentAt: null,
    unsentPatches: 0,
    exported: false,
    lastSyncAt: null,
    skew: null,
    persisted: null,
    storage: null,
    bootstrap: null,
    upgradeNeeded: false,
    lastError: null,
    mustPair: false,
    build: ports.build,
  });
  const endings: (() => void)[] = [];
  let opened: Opened | null = null;
  let begin: 'unpaired' | 'evicted' | null = null;
  let staff: Staff | null = null;
  let storeLost = false;
  let busy = false;
  let started: Promise<'unpaired' | 'evicted' | 'ready'> | null = null;

  function phase(): TillStatus['phase'] {
    if (storeLost) return 'storeLost';
    if (opened === null) return begin ?? 'starting';
    if (opened.loop.network.get().revoked) return 'revoked';
    return staff === null ? 'locked' : 'open';
  }

  /** Rows that a file of this session holds. */
  let exported: Rows | null = null;

  /** This browser is no till any more; here, or in another tab. */
  function unpaired(): void {
    opened?.loop.stop();
    opened = null;
    staff = null;
    exported = null;
    begin = 'unpaired';
    shop.set(null);
    recent.set([]);
    refresh();
  }

  async function remove(pin: string): Promise<UnpairOutcome> {
    const paired = ready(opened);
    const people = shop.get()?.staff ?? [];
    const outcome = await unpair({ ports, ledgerDb, cacheDb, own, opened: paired, people, exported }, pin);
    if (outcome.ok) {
      ports.tabs.post({ kind: 'unpaired' });
      unpaired();
    } else if (outcome.reason === 'interrupted') {
      await open(paired.pairing);
      return { ok: false, reason: 'unsent' };
    }
    return outcome;
  }

  function refresh(): void {
    const network = opened?.loop.network.get() ?? NETWORK_AT_START;
    const unsent = own.unsent();
    const { connection, lastSyncAt, skew, bootstrap, upgradeNeeded, lastError, unknownHere } = network;
    status.set({
      ...status.get(),
      phase: phase(),
      connection,
      staff,
      lastSyncAt,
      skew,
      bootstrap,
      upgradeNeeded,
      lastError,
      mustPair: unknownHere,
      unsent: unsent.events,
      oldestUnsentAt: unsent.oldestAt,
      unsentPatches: unsent.patches,
      exported: isExported(own, exported),
    });
  }

  function refreshShop(): void {
    if (opened === null) return;
    const { business, current, devices, staff: people } = opened.documents;
    // Paired anew, it knows nothing of its shop until the first pages have come.
    if (business === null || current === null) return shop.set(null);
    const { device, location } = opened.pairing;
    const name = devices.find((each) => each.id === device)?.name ?? opened.pairing.name;
    const active = people.filter((person) => person.active);
    shop.set({ business, device: { id: device, name }, location, ...programOf(current), staff: active });
    // Somebody who was signed in may have been made a manager, or have left.
    if (staff !== null) staff = active.find((person) => person.id === staff?.id) ?? null;
  }

  async function refreshStorage(): Promise<void> {
    const [persisted, storage] = await Promise.all([ports.storage.persisted(), ports.storage.estimate()]);
    status.set({ ...status.get(), persisted, storage });
  }

  async function open(pairing: Pairing): Promise<Opened> {
    const paired = await openPaired(ports, { ledgerDb, cacheDb, own }, pairing, {
      staff: () => staff,
      storage: () => ({ persisted: status.get().persisted, storage: status.get().storage }),
      busy: () => busy,
      recorded: () => {
        refresh();
        void refreshRecent();
        ports.tabs.post({ kind: 'recorded' });
        paired.loop.wake();
      },
      moved: (members, documents) => {
        if (documents) refreshShop();
        refresh();
        void refreshRecent();
        ports.tabs.post({ kind: 'pulled', members });
      },
    });
    opened = paired;
    begin = null;
    const revoked = await ledgerDb.meta.get('revoked');
    if (revoked?.key === 'revoked' && revoked.value) paired.loop.set({ revoked: true });
    endings.push(
      paired.loop.network.subscribe(() => {
        refresh();
        if (leads) ports.tabs.post({ kind: 'network', network: paired.loop.network.get() });
      }),
      ports.onWake(() => {
        paired.loop.wake();
        void refreshStorage();
      }),
    );
    refreshShop();
    refresh();
    await refreshRecent();
    if (options.loop) void paired.loop.run(() => (leads = true)).catch(() => undefined);
    return paired;
  }
  let leads = false;

  async function heard(message: TabMessage): Promise<void> {
    if (opened === null) return;
    if (message.kind === 'unpaired') {
      await own.load({ through: 0, holes: [] }, {});
      return unpaired();
    }
    if (message.kind === 'recorded') await own.catchUp();
    if (message.kind === 'pulled') {
      await opened.reload();
      refreshShop();
    }
    if (message.kind === 'network' && !leads) opened.loop.set(message.network);
    if (leads && (message.kind === 'recorded' || message.kind === 'syncNow')) opened.loop.wake();
    refresh();
    if (message.kind !== 'network') await refreshRecent();
  }

  /** A store that stays lost is shown loudly, once and for all; nothing is said to be done that is not. */
  function watched(recording: Recording): Recording {
    if (!recording.ok && recording.refusal.kind === 'notSaved' && recording.refusal.because === 'storeLost') {
      storeLost = true;
      refresh();
    }
    if (!recording.ok && recording.refusal.kind === 'notSaved') void refreshStorage();
    return recording;
  }

  /** Screens may ask twice; it happens once. */
  async function start(): Promise<'unpaired' | 'evicted' | 'ready'> {
    endings.push(ports.tabs.listen((message) => void heard(message)));
    const row = await durably(ledgerDb, ports.timers, () => ledgerDb.meta.get('pairing'));
    await refreshStorage();
    storeLost = !row.ok;
    if (row.ok && row.value?.key === 'pairing') {
      await open(row.value.value);
      return 'ready';
    }
    begin = ports.marker.get() === null ? 'unpaired' : 'evicted';
    refresh();
    return begin;
  }

  return {
    status,
    shop,
    recent,
    start: () => (started ??= start()),
    pair: async (code) => {
      const former = opened?.loop.network.get().unknownHere ? opened.pairing : null;
      const outcome = await pair(ports, ledgerDb, cacheDb, own, code, former);
      if (!outcome.ok) return outcome;
      opened?.loop.stop();
      await refreshStorage();
      await open(outcome.pairing);
      return { ok: true };
    },
    signIn: async (id, pin) => {
      const people = shop.get()?.staff.filter((person) => person.id === id) ?? [];
      const outcome = await checkPin(ledgerDb, ports.now(), id, people, pin);
      if (outcome.ok) {
        staff = people[0] ?? null;
        refresh();
      }
      return outcome;
    },
    signOut: () => {
      staff = null;
      refresh();
    },
    approve: async (pin) => {
      const managers = shop.get()?.staff.filter((person) => person.role !== 'staff') ?? [];
      return checkPin(ledgerDb, ports.now(), 'approval', managers, pin);
    },
    checkOwnerCode: async (code) => {
      const { documents, pairing } = ready(opened);
      const codes = documents.ownerCodes(pairing.device) ?? { device: pairing.device, used: 0, given: 0, codes: [] };
      return checkOwnerCode(ledgerDb, ports.now(), codes, (n) => own.entries.tookOwnerCode(n), code);
    },
    identify: async (text, source) =>
      opened === null ? { ok: false, reason: 'unknownCode', looksLike: null } : opened.identify(text, source),
    findByPhone: async (digits) => (opened === null ? [] : opened.findByPhone(digits)),
    customer: async (member, credential) => ready(opened).customer(member, credential),
    preview: (customer, request, recordOptions) =>
      ready(opened).recorder.preview(customer, request, recordOptions ?? {}),
    shareLeft: (reward) => ready(opened).recorder.shareLeft(reward),
    record: async (customer, request, recordOptions) =>
      opened === null ? NOT_PAIRED : watched(await opened.recorder.record(customer, request, recordOptions ?? {})),
    undo: async (event, recordOptions) =>
      opened === null ? NOT_PAIRED : watched(await opened.recorder.undo(event, recordOptions ?? {})),
    enroll: async (fields, card) =>
      opened === null ? NOT_PAIRED : watched(await opened.recorder.enroll(fields, card)),
    changeProfile: async (member, fields) =>
      opened === null ? NOT_PAIRED : watched(await opened.recorder.changeProfile(member, fields)),
    exportJournal: async () => {
      const journal = await exportJournal({
        ports,
        ledgerDb,
        own,
        pairing: opened?.pairing ?? null,
        programVersion: (hash) => opened?.documents.programVersion(hash) ?? null,
      });
      if (journal !== null) exported = journal.through;
      refresh();
      return journal;
    },
    unpair: remove,
    today: async (day) => {
      const { business } = ready(opened).documents;
      const now = ready(opened).serverNow();
      return ready(opened).today(day ?? dayOf(now, business?.timeZone ?? 'UTC', business?.cutOverHour ?? 0));
    },
    syncNow: () => {
      if (leads) opened?.loop.wake();
      else ports.tabs.post({ kind: 'syncNow' });
    },
    busy: (on) => {
      busy = on;
    },
    syncOnce: async () => (await ready(opened).loop.cycle()) === null,
    close: async () => {
      opened?.loop.stop();
      for (const end of endings) end();
      ports.tabs.close();
      ledgerDb.close();
      cacheDb.close();
    },
  };
}

function programOf(current: { readonly hash: string; readonly program: Shop['program'] }) {
  return { program: current.program, programHash: current.hash };
}

/** Screens ask only after `start` has said `ready`; anything else is their bug. */
function ready(opened: Opened | null): Opened {
  if (opened === null) throw new Error('the till is not paired');
  return opened;
}
