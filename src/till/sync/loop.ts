import type { NetworkState } from '../ports.ts';
import { observable } from '../observable.ts';
import { pruneJournal, pruneOwn, prunePools } from '../store/prune.ts';
import { alignedTo, alignedWith, staleOf, wipeCustomers } from '../store/generations.ts';
import { isPassing, pauseAfter } from './backoff.ts';
import { Bootstrap } from './bootstrap/bootstrap.ts';
import type { Failure } from './api.ts';
import { forgetErased, forgetWhenStale } from './forgetting.ts';
import { listenOnce } from './live.ts';
import { Offerer } from './offer.ts';
import { Puller } from './pull/pull.ts';
import { Pusher } from './push/push.ts';
import type { Step, SyncParts } from './syncParts.ts';
import { Waker } from './waker.ts';

const POLL_MS = 30_000;
/** While the live stream is open, polling is only there for the hint that was lost. */
const POLL_LIVE_MS = 120_000;
/** What no retry mends (an update is needed, the till is unknown) is asked again now and then. */
const STANDING_MS = 60_000;
const PRUNE_MS = 3600_000;

export const NETWORK_AT_START: NetworkState = {
  connection: 'unknown',
  lastSyncAt: null,
  skew: null,
  upgradeNeeded: false,
  revoked: false,
  unknownHere: false,
  bootstrap: null,
  lastError: null,
};

/**
 * Brings what was recorded to the server and what the server knows back, for ever: push before pull, one tab at a time.
 * Whatever fails is tried again; nothing here ever takes a recorded event away.
 */
export class SyncLoop {
  readonly network = observable<NetworkState>(NETWORK_AT_START);
  readonly #parts: SyncParts;
  readonly #pusher: Pusher;
  readonly #puller: Puller;
  readonly #bootstrap: Bootstrap;
  readonly #offerer: Offerer;
  readonly #waker: Waker;
  readonly #stop = new AbortController();
  #failures = 0;
  #last: Promise<unknown> = Promise.resolve();
  #live = false;
  #prunedAt = 0;

  constructor(parts: SyncParts) {
    this.#parts = parts;
    this.#pusher = new Pusher(parts);
    this.#puller = new Puller(parts);
    this.#bootstrap = new Bootstrap(parts, this.#puller);
    this.#offerer = new Offerer(parts);
    this.#waker = new Waker(parts.ports.timers);
  }

  /** Waits for its turn among the tabs, says so, and then runs until `stop`. */
  async run(leads: () => void): Promise<void> {
    const { ports, pairing, reload } = this.#parts;
    const { signal } = this.#stop;
    await ports.locks.hold(`regulars-sync-${ports.storeName}-${pairing.device}`, signal, async () => {
      leads();
      await reload();
      void this.#listen();
      while (!signal.aborted) {
        const failure = await this.#safely();
        const asked = failure?.kind === 'http' && failure.retryAfterMs !== null;
        await this.#waker.wait(this.#pause(failure), signal, !asked);
      }
    });
  }

  stop(): void {
    this.#stop.abort();
  }

  wake(): void {
    this.#waker.wake();
  }

  set(change: Partial<NetworkState>): void {
    this.network.set({ ...this.network.get(), ...change });
  }

  /** The loop outlives a lost database connection and its own mistakes; what was recorded is safe either way. */
  async #safely(): Promise<Failure | null> {
    try {
      return await this.cycle();
    } catch (error) {
      this.#failures += 1;
      this.set({ connection: 'unknown', lastError: error instanceof Error ? error.name : 'unknown' });
      return { kind: 'network' };
    }
  }

  /** One round: everything out, everything in. Gives what stopped it, or `null`. One after the other, whoever asks. */
  cycle(): Promise<Failure | null> {
    const next = this.#last.then(() => this.#cycle());
    this.#last = next.catch(() => undefined);
    return next;
  }

  async #cycle(): Promise<Failure | null> {
    if (this.network.get().connection === 'online') this.set({ connection: 'syncing' });
    let failure = await this.#round();
    // The server's answer has told its time, so the next proof fits.
    if (failure?.kind === 'http' && failure.error === 'proofClock') failure = await this.#round();
    // One answer may be to a request that came twice; that the server knows us not is what it says again.
    const isStranger = (now: Failure | null) => now?.kind === 'http' && now.error === 'unauthorized';
    if (isStranger(failure)) failure = await this.#round();
    if (failure === null || failure.kind === 'http') this.set({ unknownHere: isStranger(failure) });
    if (failure === null) {
      this.#failures = 0;
      const at = this.#parts.ports.now();
      this.set({ connection: 'online', lastSyncAt: at, upgradeNeeded: false, lastError: null });
      if (!this.#parts.busy()) await this.#parts.settled();
      await this.#prune();
      return null;
    }
    this.#failures += 1;
    const { ports } = this.#parts;
    await forgetWhenStale(this.#parts, ports.now() + (this.network.get().skew ?? 0));
    const answered = failure.kind === 'http';
    this.set({
      connection: answered && !isPassing(failure) ? 'online' : 'offline',
      lastError: failure.kind === 'http' ? (failure.error ?? String(failure.status)) : failure.kind,
      upgradeNeeded: failure.kind === 'http' && failure.error === 'upgradeNeeded',
    });
    return failure;
  }

  async #round(): Promise<Failure | null> {
    const { cacheDb, own } = this.#parts;
    // What another tab has recorded goes out too, even where its word of it was lost.
    await own.catchUp();
    let stale = await staleOf(cacheDb);
    for (let turn = 0; turn < 3; turn++) {
      if (stale === 'diverged') {
        // First of all, so that what the server lost can have its old place again.
        const offered = await this.#offerer.run();
        if (offered.kind === 'failed') return offered.failure;
        const aligned = await this.#pusher.realign();
        if (aligned.kind === 'failed') return aligned.failure;
        // Restored once more between the two: what was offered went to the one before.
        if (this.#offerer.epoch !== null && this.#offerer.epoch !== this.#pusher.epoch) continue;
        if (this.#pusher.epoch !== null) stale = await this.#mark(alignedWith(this.#pusher.epoch));
      }
      const pushed = await this.#all(() => this.#pusher.step());
      const ledger = alignedTo(stale) ?? this.#parts.members.generation.cursor.epoch;
      // Also where a bootstrap is due anyway: it does not ask what the server has lost of older runs.
      if (pushed.kind === 'diverged' || (this.#pusher.epoch !== null && this.#pusher.epoch !== ledger)) {
        stale = await this.#mark('diverged');
        continue;
      }
      // What the server will never take must not keep the news of the others away.
      const stuck = pushed.kind === 'failed' ? pushed.failure : null;
      if (stuck !== null && (isPassing(stuck) || stuck.kind !== 'http' || stuck.error === 'proofClock')) return stuck;
      const pulled = await this.#all(() => (stale === null ? this.#puller.step() : this.#bootstrap.run(ledger)));
      if (pulled.kind === 'diverged') {
        stale = await this.#mark('diverged');
        continue;
      }
      if (pulled.kind !== 'failed') return stuck;
      const { failure } = pulled;
      if (failure.kind === 'http' && failure.error === 'revoked' && stuck === null) await this.#revoked();
      return failure;
    }
    return { kind: 'notAnAnswer' };
  }

  async #all(step: () => Promise<Step>): Promise<Step> {
    for (;;) {
      const done = await step();
      if (done.kind !== 'more') return done;
      if (this.#stop.signal.aborted) return { kind: 'failed', failure: { kind: 'network' } };
    }
  }

  async #mark(stale: string): Promise<string> {
    await this.#parts.cacheDb.meta.put({ key: 'stale', value: stale });
    return stale;
  }

  /** Everything was pushed; what the till knows about customers goes. */
  async #revoked(): Promise<void> {
    if (this.network.get().revoked) return;
    const { ledgerDb, cacheDb, own, members, reload, moved } = this.#parts;
    if (own.unsent().events > 0) return;
    await ledgerDb.transaction('rw', ledgerDb.meta, ledgerDb.patches, async () => {
      await ledgerDb.meta.put({ key: 'revoked', value: true });
      await ledgerDb.patches.clear();
    });
    await wipeCustomers(cacheDb, members.generation);
    await reload();
    moved('all', true);
    this.set({ revoked: true });
  }

  #pause(failure: Failure | null): number {
    if (failure === null) return this.#live ? POLL_LIVE_MS : POLL_MS;
    if (!isPassing(failure)) return STANDING_MS;
    return pauseAfter(this.#failures, this.#parts.ports.random, failure);
  }

  async #listen(): Promise<void> {
    const { api, ports } = this.#parts;
    const { signal } = this.#stop;
    const pause = new Waker(ports.timers);
    let failures = 0;
    while (!signal.aborted) {
      const opened = () => {
        failures = 0;
        this.#live = true;
        this.#waker.wake();
      };
      await listenOnce(api, ports.timers, signal, () => this.#waker.wake(), opened);
      // A stream that ends is the first sign of a dead network; what is shown, and what is allowed, must not lag behind.
      if (this.#live) this.#waker.wake();
      this.#live = false;
      failures += 1;
      await pause.wait(pauseAfter(failures + 1, ports.random, null), signal, false);
    }
  }

  async #prune(): Promise<void> {
    const { ports, ledgerDb, cacheDb, own, members } = this.#parts;
    const now = ports.now();
    if (now - this.#prunedAt < PRUNE_MS || this.#parts.busy()) return;
    this.#prunedAt = now;
    const { epoch, gseq } = members.generation.cursor;
    // Also after a crash right behind an erasure.
    await forgetErased(this.#parts);
    await pruneOwn(ledgerDb, own, now);
    await pruneJournal(cacheDb, epoch, gseq, now);
    await prunePools(cacheDb, now);
  }
}
