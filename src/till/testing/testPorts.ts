import { IDBFactory as FakeFactory, IDBKeyRange as FakeKeyRange } from 'fake-indexeddb';
import type { TabMessage, TillPorts, Timers } from '../ports.ts';
import { webSigner } from '../webSigner.ts';

/** Ports for one till in a test: own time, own storage, own randomness, and a network that can be taken away. */
export interface TestPorts extends TillPorts {
  /** Moves the till's clock. */
  time: number;
  network: (path: string, init: RequestInit) => Promise<Response>;
  readonly wake: () => void;
}

/** Timers of the real world: tests that need a fixed order drive `syncOnce` and start no loop. */
export const REAL_TIMERS: Timers = {
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

/** A hub that stands for the tabs of one browser. */
export function tabHub() {
  const all = new Set<(message: TabMessage) => void>();
  return {
    tabs: () => {
      const mine = new Set<(message: TabMessage) => void>();
      return {
        post: (message: TabMessage) => {
          for (const listener of all) if (!mine.has(listener)) listener(message);
        },
        listen: (listener: (message: TabMessage) => void) => {
          mine.add(listener);
          all.add(listener);
          return () => all.delete(listener);
        },
        close: () => mine.forEach((listener) => all.delete(listener)),
      };
    },
  };
}

/**
 * @param seed decides ids and jitter, so that a run can be repeated
 * @param shared the browser's storage and tabs, where a till is opened again or in a second tab
 */
export function testPorts(
  seed: number,
  shared: { readonly factory?: IDBFactory; readonly hub?: ReturnType<typeof tabHub> } = {},
): TestPorts {
  let state = seed >>> 0;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const wakers = new Set<() => void>();
  let marker: string | null = null;
  const ports: TestPorts = {
    time: Date.UTC(2026, 2, 10, 9, 0, 0),
    network: () => Promise.reject(new TypeError('offline')),
    wake: () => wakers.forEach((listener) => listener()),
    now: () => ports.time,
    random,
    randomBytes: (count) => Uint8Array.from({ length: count }, () => Math.floor(random() * 256)),
    timers: REAL_TIMERS,
    signer: webSigner,
    fetch: (path, init) => ports.network(path, init),
    indexedDb: { factory: shared.factory ?? new FakeFactory(), keyRange: FakeKeyRange },
    storeName: 'till',
    locks: { hold: (_name, _signal, run) => run() },
    tabs: (shared.hub ?? tabHub()).tabs(),
    marker: {
      get: () => marker,
      set: (device) => {
        marker = device;
      },
    },
    storage: {
      persist: () => Promise.resolve(true),
      persisted: () => Promise.resolve(true),
      estimate: () => Promise.resolve({ used: 1, quota: 1000 }),
    },
    onWake: (listener) => {
      wakers.add(listener);
      return () => wakers.delete(listener);
    },
    build: 'test',
  };
  return ports;
}
