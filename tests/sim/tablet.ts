import { IDBFactory as FakeFactory, IDBKeyRange as FakeKeyRange } from 'fake-indexeddb';
import { createTill, type RunningTill } from '../../src/till/createTill.ts';
import type { Locks, TabMessage, Tabs, TillPorts } from '../../src/till/ports.ts';
import { FaultyStore, type StoreFault, type StorePoint } from './faultyStore.ts';
import { rowsOf } from './oracle/peek.ts';
import type { Rng } from './rng.ts';
import { simSigner } from './signatures.ts';
import { time } from './virtualTime.ts';

/** What the world around a tablet does for it. */
export interface Surroundings {
  readonly fetch: (page: Page, path: string, init: RequestInit) => Promise<Response>;
  readonly storeFault: (page: Page, fault: StoreFault, point: StorePoint) => void;
  /** A word to the other tabs gets lost now. */
  readonly losesWord: () => boolean;
}

/** The tablet's own clock: how it is off, and whether it stands still. */
export interface TabletClock {
  offset: number;
  frozen: number | null;
}

/** One device at a counter: a browser with its storage, a clock, and the pages that are open in it. */
export class Tablet {
  readonly name: string;
  readonly business: string;
  readonly location: string;
  readonly clock: TabletClock = { offset: 0, frozen: null };
  readonly pages: Page[] = [];
  factory: IDBFactory = new FakeFactory();
  marker: string | null = null;
  /** Name of the app's build; the next page loads it. */
  build = 'build-1';
  /** Its storage is being copied or changed by somebody; the app is not open. */
  isAway = false;
  /** Copies of its storage that may come back. */
  readonly copies: IDBFactory[] = [];
  #count = 0;
  readonly #held = new Map<string, { owner: Page; readonly waiting: (() => void)[] }>();
  readonly #rng: Rng;
  readonly #around: Surroundings;

  constructor(name: string, business: string, location: string, rng: Rng, around: Surroundings) {
    this.name = name;
    this.business = business;
    this.location = location;
    this.#rng = rng;
    this.#around = around;
  }

  /** As which device its storage says that it was paired; where it says nothing, as which it last was. */
  get device(): string | null {
    const meta = rowsOf(this.factory, 'till-ledger', 'meta') as { key: string; value: { device: string } }[];
    return meta.find(({ key }) => key === 'pairing')?.value.device ?? this.marker;
  }

  now(): number {
    return Math.max(0, this.clock.frozen ?? time.now + this.clock.offset);
  }

  /** Opens the app in a (further) page; what is in memory is this page's own. */
  open(loop: boolean): Page {
    const rng = this.#rng.fork(`page-${++this.#count}`);
    const page: Page = new Page(`${this.name}.${this.#count}`, this, (self) => this.#ports(self, rng), loop, {
      storeFault: (fault, point) => this.#around.storeFault(page, fault, point),
    });
    this.pages.push(page);
    return page;
  }

  /** The pages that live. */
  get living(): readonly Page[] {
    return this.pages.filter((page) => page.alive);
  }

  ended(page: Page): void {
    for (const [name, lock] of Array.from(this.#held)) if (lock.owner === page) this.#release(name);
  }

  #ports(page: Page, rng: Rng): TillPorts {
    return {
      now: () => this.now(),
      random: rng.next,
      randomBytes: rng.bytes,
      timers: {
        after: (ms, run) => time.after(ms, () => page.alive && run()),
      },
      signer: simSigner(rng),
      fetch: (path, init) => (page.alive ? this.#around.fetch(page, path, init) : forever()),
      indexedDb: { factory: page.store.factory, keyRange: FakeKeyRange },
      storeName: 'till',
      locks: this.#locks(page),
      tabs: this.#tabs(page),
      marker: {
        get: () => this.marker,
        set: (device) => {
          if (page.alive) this.marker = device;
        },
      },
      storage: {
        persist: async () => true,
        persisted: async () => true,
        estimate: async () => ({ used: 1, quota: 1000 }),
      },
      onWake: (listener) => {
        page.wakers.add(listener);
        return () => page.wakers.delete(listener);
      },
      build: this.build,
    };
  }

  #locks(page: Page): Locks {
    return {
      hold: async (name, signal, run) => {
        while (this.#held.has(name)) {
          await new Promise<void>((resolve) => this.#held.get(name)?.waiting.push(resolve));
          if (signal.aborted || !page.alive) return;
        }
        this.#held.set(name, { owner: page, waiting: [] });
        await run();
        if (this.#held.get(name)?.owner === page) this.#release(name);
      },
    };
  }

  #release(name: string): void {
    const lock = this.#held.get(name);
    this.#held.delete(name);
    for (const next of lock?.waiting ?? []) next();
  }

  #tabs(page: Page): Tabs {
    return {
      post: (message: TabMessage) => {
        if (!page.alive || this.#around.losesWord()) return;
        for (const other of this.living) {
          if (other !== page)
            time.after(1, () => other.alive && other.hears.forEach((listener) => listener(message)), true);
        }
      },
      listen: (listener) => {
        page.hears.add(listener);
        return () => page.hears.delete(listener);
      },
      close: () => page.hears.clear(),
    };
  }
}

interface PageEvents {
  readonly storeFault: (fault: StoreFault, point: StorePoint) => void;
}

/** One life of the app on a tablet: it ends by a crash or by being closed, and nothing it still does has any effect then. */
export class Page {
  readonly name: string;
  readonly tablet: Tablet;
  readonly till: RunningTill;
  readonly store: FaultyStore;
  readonly wakers = new Set<() => void>();
  readonly hears = new Set<(message: TabMessage) => void>();
  readonly loop: boolean;
  alive = true;
  readonly #endings: (() => void)[] = [];
  #gone: (nothing: null) => void = () => undefined;
  readonly #end = new Promise<null>((resolve) => (this.#gone = resolve));
  /** A round of sync is under way. */
  syncing = false;
  /** Faults of the storage that this page has met. */
  faults = 0;

  constructor(name: string, tablet: Tablet, ports: (page: Page) => TillPorts, loop: boolean, events: PageEvents) {
    this.name = name;
    this.tablet = tablet;
    this.loop = loop;
    this.store = new FaultyStore(
      tablet.factory,
      () => this.crash(),
      (fault, point) => {
        this.faults += 1;
        events.storeFault(fault, point);
      },
    );
    this.till = createTill(ports(this), { loop });
  }

  /** From one moment to the next it is gone. */
  crash(): void {
    if (!this.alive) return;
    this.alive = false;
    this.#gone(null);
    for (const end of this.#endings) end();
    this.store.end();
    this.wakers.clear();
    this.hears.clear();
    this.tablet.ended(this);
  }

  /** Calls back when the page ends. */
  goes(end: () => void): void {
    this.#endings.push(end);
  }

  /** What a promise of this page gives; `null` where the page is gone by then. */
  async ask<T>(answer: Promise<T>): Promise<{ readonly value: T } | null> {
    try {
      const value = await Promise.race([answer, this.#end]);
      return this.alive ? { value: value as T } : null;
    } catch (error) {
      if (!this.alive) return null;
      throw error;
    }
  }
}

function forever<T>(): Promise<T> {
  return new Promise<T>(() => undefined);
}
