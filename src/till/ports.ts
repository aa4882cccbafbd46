import type { Instant } from '../loyalty/basics.ts';

/**
 * Everything that the till asks the world for. The browser's ports are made in `browserPorts.ts`; a test or a simulation
 * gives its own and so decides about time, chance, network and storage.
 */
export interface TillPorts {
  /** The wall clock of this device. */
  readonly now: () => Instant;
  /** 0 to below 1, for the spread of retries. */
  readonly random: () => number;
  readonly randomBytes: (count: number) => Uint8Array<ArrayBuffer>;
  readonly timers: Timers;
  readonly signer: Signer;
  /** Paths below the server's origin: `/sync/push`. */
  readonly fetch: (path: string, init: RequestInit) => Promise<Response>;
  /** Compresses what is sent by gzip; missing where the platform cannot, and then it goes as it is. */
  readonly gzip?: (text: string) => Promise<Uint8Array<ArrayBuffer>>;
  readonly indexedDb: { readonly factory: IDBFactory; readonly keyRange: typeof IDBKeyRange };
  /** Beginning of the names of both databases; two tills in one test differ in it. */
  readonly storeName: string;
  readonly locks: Locks;
  readonly tabs: Tabs;
  readonly marker: Marker;
  readonly storage: StorageAnswers;
  /** Calls back when it may be worth trying the network or the store again: the network is there or gone, the page is seen again. */
  readonly onWake: (listener: () => void) => () => void;
  readonly build: string;
}

export interface Timers {
  /** Runs once after so many ms; gives what cancels it. */
  readonly after: (ms: number, run: () => void) => () => void;
}

/** Makes the key of this device and signs with it. */
export interface Signer {
  readonly makeKeys: () => Promise<MadeKeys>;
  /** The public half of keys that were made before. */
  readonly pointOf: (keys: DeviceKeys) => Promise<MadeKeys['point']>;
  /** P-256 signature over a text, r||s as base64url. */
  readonly sign: (keys: DeviceKeys, text: string) => Promise<string>;
}

/** Opaque to all but the signer, and stored as it is: it must survive a structured clone. In a browser, a key pair that cannot be read out. */
export interface DeviceKeys {
  readonly privateKey: unknown;
  readonly publicKey: unknown;
}

interface MadeKeys {
  readonly keys: DeviceKeys;
  /** The point of the public key, as the server is told it. */
  readonly point: { readonly x: string; readonly y: string };
}

export interface Locks {
  /** Runs while this tab alone holds the name; waits for it before, and gives up when `signal` aborts. */
  readonly hold: (name: string, signal: AbortSignal, run: () => Promise<void>) => Promise<void>;
}

/** Talks to the other tabs of this till. */
export interface Tabs {
  readonly post: (message: TabMessage) => void;
  readonly listen: (listener: (message: TabMessage) => void) => () => void;
  readonly close: () => void;
}

export type TabMessage =
  | { readonly kind: 'recorded' }
  | { readonly kind: 'pulled'; readonly members: readonly string[] | 'all' }
  | { readonly kind: 'syncNow' }
  /** This till was paired, perhaps as another device than before. */
  | { readonly kind: 'paired' }
  /** This till was removed from the shop. */
  | { readonly kind: 'unpaired' }
  | { readonly kind: 'network'; readonly network: NetworkState };

/** What the tab that syncs knows about the server. */
export interface NetworkState {
  readonly connection: 'online' | 'offline' | 'syncing' | 'unknown';
  readonly lastSyncAt: Instant | null;
  readonly skew: number | null;
  readonly upgradeNeeded: boolean;
  readonly revoked: boolean;
  /** The server does not know this till (it was restored from an older backup): it must be paired again. */
  readonly unknownHere: boolean;
  readonly bootstrap: { readonly done: number; readonly total: number } | null;
  readonly lastError: string | null;
}

/** A note outside IndexedDB that this till was paired once, by which an eviction is noticed. */
interface Marker {
  readonly get: () => string | null;
  /** `null`: this till was removed on purpose, and nothing is missed. */
  readonly set: (device: string | null) => void;
}

export interface StorageAnswers {
  readonly persist: () => Promise<boolean | null>;
  readonly persisted: () => Promise<boolean | null>;
  readonly estimate: () => Promise<{ readonly used: number; readonly quota: number } | null>;
}
