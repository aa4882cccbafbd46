import type { Staff } from '../../protocol/documents.ts';
import { OwnLedger } from '../ledger/ownLedger.ts';
import type { Recorder } from '../ledger/recorder.ts';
import { observable, type Settable } from '../observable.ts';
import { recentStrip } from '../overview/recentStrip.ts';
import type { TabMessage, TillPorts } from '../ports.ts';
import { openCacheDb } from '../store/cacheDb.ts';
import { durably } from '../store/durably.ts';
import { openLedgerDb, type Pairing } from '../store/ledgerDb.ts';
import type { PairOutcome, Recording, Shop, TillStatus, UnpairOutcome } from '../till.ts';
import type { Stores } from '../tillParts.ts';
import { openPaired, type Opened } from './opened.ts';
import { bringAll, pair } from './pairing.ts';
import { shopOf, statusAtStart, statusOf } from './status.ts';
import { unpair, type Rows } from './unpair.ts';

const NOT_PAIRED: Recording = { ok: false, refusal: { kind: 'notSaved', because: 'notPaired' } };

/**
 * What a till holds while its page lives, and how that changes: it is paired and opened, somebody signs in, another tab
 * does something, it is removed. What screens watch is told anew after each change.
 */
export class Session {
  readonly stores: Stores;
  readonly status: Settable<TillStatus>;
  readonly shop = observable<Shop | null>(null);
  readonly strip: ReturnType<typeof recentStrip>;
  readonly #ports: TillPorts;
  readonly #loop: boolean;
  readonly #endings: (() => void)[] = [];
  /** Of what listens for the pairing that is open. */
  #openedEndings: readonly (() => void)[] = [];
  #opened: Opened | null = null;
  #opening: Promise<unknown> = Promise.resolve();
  #begin: 'unpaired' | 'evicted' | null = null;
  #staff: Staff | null = null;
  #storeLost = false;
  /** Rows that a file of this session holds. */
  #exported: Rows | null = null;
  /** Of several tabs, this is the one that syncs. */
  #leads = false;
  #busy = false;

  constructor(ports: TillPorts, loop: boolean) {
    const ledgerDb = openLedgerDb(ports);
    this.stores = { ledgerDb, cacheDb: openCacheDb(ports), own: new OwnLedger(ledgerDb, ports.now) };
    this.status = observable(statusAtStart(ports.build));
    this.strip = recentStrip(this.stores.own, () => this.#opened?.members ?? null);
    this.#ports = ports;
    this.#loop = loop;
  }

  get opened(): Opened | null {
    return this.#opened;
  }

  /** Screens ask only after `start` has said `ready`; anything else is their bug. */
  get ready(): Opened {
    if (this.#opened === null) throw new Error('the till is not paired');
    return this.#opened;
  }

  async start(): Promise<'unpaired' | 'evicted' | 'ready'> {
    const { ledgerDb } = this.stores;
    this.#endings.push(this.#ports.tabs.listen((message) => void this.#heard(message)));
    const row = await durably(ledgerDb, this.#ports.timers, () => ledgerDb.meta.get('pairing'));
    await this.#refreshStorage();
    this.#storeLost = !row.ok;
    if (row.ok && row.value?.key === 'pairing') {
      // A crash right behind the pairing may have kept it from being written.
      this.#ports.marker.set(row.value.value.device);
      await this.#open(row.value.value);
      return 'ready';
    }
    this.#begin = this.#ports.marker.get() === null ? 'unpaired' : 'evicted';
    this.refresh();
    return this.#begin;
  }

  async pair(code: string): Promise<PairOutcome> {
    const opened = this.#opened;
    const trouble = opened === null ? null : await bringAll(opened.loop);
    if (trouble !== null) return { ok: false, reason: trouble };
    const former = opened?.loop.network.get().unknownHere ? opened.pairing : null;
    const outcome = await pair(this.#ports, this.stores, code, former);
    if (!outcome.ok) return outcome;
    await this.#refreshStorage();
    await this.#open(outcome.pairing);
    this.#ports.tabs.post({ kind: 'paired' });
    return { ok: true };
  }

  /** One after the other: another tab may say that it has paired while this one is still opening. */
  #open(pairing: Pairing): Promise<void> {
    const next = this.#opening.then(() => this.#openNow(pairing));
    this.#opening = next.catch(() => undefined);
    return next;
  }

  async #openNow(pairing: Pairing): Promise<void> {
    const { tabs } = this.#ports;
    this.#endOpened();
    const opened = await openPaired(this.#ports, this.stores, pairing, {
      staff: () => this.#staff,
      storage: () => ({ persisted: this.status.get().persisted, storage: this.status.get().storage }),
      busy: () => this.#busy,
      recorded: () => {
        this.refresh();
        void this.strip.refresh();
        tabs.post({ kind: 'recorded' });
        opened.loop.wake();
      },
      moved: (members, documents) => {
        if (documents) this.#refreshShop();
        this.refresh();
        void this.strip.refresh();
        tabs.post({ kind: 'pulled', members });
      },
    });
    this.#opened = opened;
    this.#begin = null;
    const revoked = await this.stores.ledgerDb.meta.get('revoked');
    if (revoked?.key === 'revoked' && revoked.value) opened.loop.set({ revoked: true });
    this.#openedEndings = [
      opened.loop.network.subscribe(() => {
        this.refresh();
        if (this.#leads) tabs.post({ kind: 'network', network: opened.loop.network.get() });
      }),
      this.#ports.onWake(() => {
        opened.loop.wake();
        void this.#refreshStorage();
      }),
    ];
    this.#refreshShop();
    this.refresh();
    await this.strip.refresh();
    if (this.#loop) void opened.loop.run(() => (this.#leads = true)).catch(() => undefined);
  }

  #endOpened(): void {
    this.#opened?.loop.stop();
    for (const end of this.#openedEndings) end();
    this.#openedEndings = [];
    this.#leads = false;
  }

  signIn(staff: Staff | null): void {
    this.#staff = staff;
    this.refresh();
  }

  /** Somebody is being served; what can wait, waits. */
  setBusy(on: boolean): void {
    this.#busy = on;
  }

  /** A file was given out. */
  wasExported(through: Rows): void {
    this.#exported = through;
  }

  /** A store that stays lost is shown loudly, once and for all; nothing is said to be done that is not. */
  async record(how: (recorder: Recorder) => Promise<Recording>): Promise<Recording> {
    if (this.#opened === null) return NOT_PAIRED;
    const recording = await how(this.#opened.recorder);
    if (!recording.ok && recording.refusal.kind === 'notSaved' && recording.refusal.because === 'storeLost') {
      this.#storeLost = true;
      this.refresh();
    }
    if (!recording.ok && recording.refusal.kind === 'notSaved') void this.#refreshStorage();
    return recording;
  }

  syncNow(): void {
    if (this.#leads) this.#opened?.loop.wake();
    else this.#ports.tabs.post({ kind: 'syncNow' });
  }

  async unpair(pin: string): Promise<UnpairOutcome> {
    const opened = this.ready;
    const people = this.shop.get()?.staff ?? [];
    const forgot = () => this.#ports.tabs.post({ kind: 'unpaired' });
    const parts = { ports: this.#ports, stores: this.stores, opened, people, exported: this.#exported, forgot };
    const outcome = await unpair(parts, pin);
    if (outcome.ok) {
      this.#unpaired();
    } else if (outcome.reason === 'interrupted') {
      await this.#open(opened.pairing);
      return { ok: false, reason: 'unsent' };
    }
    return outcome;
  }

  refresh(): void {
    const told = {
      opened: this.#opened,
      begin: this.#begin,
      staff: this.#staff,
      storeLost: this.#storeLost,
      exported: this.#exported,
    };
    this.status.set(statusOf(told, this.stores.own, this.status.get()));
  }

  async #refreshStorage(): Promise<void> {
    const { storage } = this.#ports;
    const [persisted, estimate] = await Promise.all([storage.persisted(), storage.estimate()]);
    this.status.set({ ...this.status.get(), persisted, storage: estimate });
  }

  close(): void {
    this.#endOpened();
    for (const end of this.#endings) end();
    this.#ports.tabs.close();
    this.stores.ledgerDb.close();
    this.stores.cacheDb.close();
  }

  #refreshShop(): void {
    if (this.#opened === null) return;
    const shop = shopOf(this.#opened);
    this.shop.set(shop);
    // Somebody who was signed in may have been made a manager, or have left.
    if (shop !== null && this.#staff !== null) {
      this.#staff = shop.staff.find((person) => person.id === this.#staff?.id) ?? null;
    }
  }

  /** This browser is no till any more; here, or in another tab. */
  #unpaired(): void {
    this.#endOpened();
    this.#opened = null;
    this.#staff = null;
    this.#exported = null;
    this.#begin = 'unpaired';
    this.shop.set(null);
    this.strip.recent.set([]);
    this.refresh();
  }

  /** Another tab has told something. */
  async #heard(message: TabMessage): Promise<void> {
    if (message.kind === 'paired') {
      const row = await this.stores.ledgerDb.meta.get('pairing');
      if (row?.key === 'pairing') await this.#open(row.value);
      return;
    }
    if (this.#opened === null) return;
    if (message.kind === 'unpaired') {
      await this.stores.own.load({ through: 0, holes: [] }, {});
      return this.#unpaired();
    }
    if (message.kind === 'recorded') await this.stores.own.catchUp();
    if (message.kind === 'pulled') {
      await this.#opened.reload();
      this.#refreshShop();
    }
    if (message.kind === 'network' && !this.#leads) this.#opened.loop.set(message.network);
    if (this.#leads && (message.kind === 'recorded' || message.kind === 'syncNow')) this.#opened?.loop.wake();
    this.refresh();
    if (message.kind !== 'network') await this.strip.refresh();
  }
}
