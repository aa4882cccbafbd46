import { webSigner } from './webSigner.ts';
import type { Locks, StorageAnswers, TabMessage, Tabs, TillPorts } from './ports.ts';

const MARKER = 'regulars.paired';

/** The real world of one browser tab. */
export function browserPorts(build: string): TillPorts {
  return {
    now: () => Date.now(),
    random: () => Math.random(),
    randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
    timers: {
      after: (ms, run) => {
        const timer = setTimeout(run, ms);
        return () => clearTimeout(timer);
      },
    },
    signer: webSigner,
    fetch: (path, init) => fetch(path, init),
    ...(typeof CompressionStream !== 'undefined' && { gzip: zip }),
    indexedDb: { factory: indexedDB, keyRange: IDBKeyRange },
    storeName: 'regulars-till',
    locks: browserLocks(),
    tabs: browserTabs('regulars-till'),
    marker: {
      get: () => quietly(() => localStorage.getItem(MARKER)),
      set: (device) =>
        quietly(() => (device === null ? localStorage.removeItem(MARKER) : localStorage.setItem(MARKER, device))),
    },
    storage: browserStorage(),
    onWake,
    build,
  };
}

async function zip(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const zipped = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(zipped).arrayBuffer());
}

/** Web Locks; where a browser has none, there is no second tab to fear on a till, and the work simply runs. */
function browserLocks(): Locks {
  if (!('locks' in navigator)) return { hold: (_name, _signal, run) => run() };
  return {
    hold: async (name, signal, run) => {
      try {
        await navigator.locks.request(name, { signal }, run);
      } catch (error) {
        // Stopped before it was this tab's turn.
        if (!signal.aborted) throw error;
      }
    },
  };
}

function browserTabs(name: string): Tabs {
  if (typeof BroadcastChannel === 'undefined') return { post: () => {}, listen: () => () => {}, close: () => {} };
  const channel = new BroadcastChannel(name);
  return {
    post: (message) => channel.postMessage(message),
    listen: (listener) => {
      const heard = (event: MessageEvent<TabMessage>) => listener(event.data);
      channel.addEventListener('message', heard);
      return () => channel.removeEventListener('message', heard);
    },
    close: () => channel.close(),
  };
}

/** Absent in insecure contexts and old browsers: then nobody knows, and the till says so. */
function browserStorage(): StorageAnswers {
  const storage = 'storage' in navigator ? navigator.storage : null;
  const ask = async <T>(question: (manager: StorageManager) => Promise<T>): Promise<T | null> => {
    try {
      return storage === null ? null : await question(storage);
    } catch {
      return null;
    }
  };
  return {
    persist: () => ask((manager) => manager.persist()),
    persisted: () => ask((manager) => manager.persisted()),
    estimate: () =>
      ask(async (manager) => {
        const { usage = 0, quota = 0 } = await manager.estimate();
        return { used: Math.round(usage), quota: Math.round(quota) };
      }),
  };
}

function onWake(listener: () => void): () => void {
  const visible = () => {
    if (document.visibilityState === 'visible') listener();
  };
  window.addEventListener('online', listener);
  // The next round fails at once, and the till knows that it is alone before the next reward is given.
  window.addEventListener('offline', listener);
  window.addEventListener('pageshow', listener);
  document.addEventListener('visibilitychange', visible);
  return () => {
    window.removeEventListener('online', listener);
    window.removeEventListener('offline', listener);
    window.removeEventListener('pageshow', listener);
    document.removeEventListener('visibilitychange', visible);
  };
}

/** Storage that is forbidden throws on the first touch. */
function quietly<T>(run: () => T): T | null {
  try {
    return run();
  } catch {
    return null;
  }
}
