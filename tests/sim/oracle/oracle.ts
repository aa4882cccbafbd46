import type Database from 'better-sqlite3';
import type { Answer, Request } from '../network.ts';
import type { Tablet } from '../tablet.ts';
import { LedgerMirror } from './ledger.ts';
import { Histories, StorageMirror } from './tills.ts';
import { must } from './violation.ts';

interface Confirmed {
  readonly tablet: Tablet;
  /** The storage in which it was recorded has been destroyed since. */
  homeless: boolean;
  /** It was nowhere when the last thing that held it was destroyed: nobody can have it any more. */
  excused: boolean;
}

/**
 * The judge, written apart from the product: what was confirmed, what every ledger held at every moment, and what that
 * means. It sees storage and database as bytes, and never asks the product what it thinks.
 */
export class Oracle {
  readonly ledgers: ReadonlyMap<string, LedgerMirror>;
  readonly storages = new Map<Tablet, StorageMirror>();
  readonly confirmed = new Map<string, Confirmed>();
  readonly histories = new Histories();
  readonly #sqlite: () => Database.Database;
  #epoch: string;
  /** By what was done: which events it became. */
  readonly #doneAs = new Map<string, string>();

  constructor(businesses: readonly string[], sqlite: () => Database.Database) {
    this.#sqlite = sqlite;
    this.#epoch = epochOf(sqlite());
    const mirror = (business: string): [string, LedgerMirror] => [
      business,
      new LedgerMirror(business, (entry, before) => {
        this.histories.add(this.#epoch, business, before, entry);
        this.#checkDoneOnce(entry.bytes);
      }),
    ];
    this.ledgers = new Map(businesses.map(mirror));
  }

  ledgerOf(tablet: Tablet): LedgerMirror {
    const ledger = this.ledgers.get(tablet.business);
    if (ledger === undefined) throw new Error('a tablet of no business');
    return ledger;
  }

  storageOf(tablet: Tablet): StorageMirror {
    const known = this.storages.get(tablet);
    if (known !== undefined) return known;
    const made = new StorageMirror(tablet);
    this.storages.set(tablet, made);
    return made;
  }

  /** A till has said "done". From here on the event must be somewhere. */
  confirm(tablet: Tablet, event: string): void {
    const storage = this.storageOf(tablet);
    storage.look();
    must(
      storage.holds.has(event) || storage.hasNow(event),
      'done means stored',
      () => `${tablet.name} says that ${event} is recorded`,
    );
    this.confirmed.set(event, { tablet, homeless: false, excused: false });
  }

  /** Everything that must hold at any moment. */
  look(): void {
    for (const ledger of this.ledgers.values()) ledger.look(this.#sqlite());
    for (const [tablet, storage] of this.storages) {
      storage.look();
      storage.lookAtStates(this.ledgerOf(tablet), this.histories);
    }
    for (const [event, { tablet, homeless, excused }] of this.confirmed) {
      if (excused) continue;
      const there = this.#isKept(event, tablet) || (homeless && this.#isAnywhere(event, tablet.business));
      must(there, 'nothing lost', () => `${event}, which ${tablet.name} had confirmed`);
    }
  }

  /** A tablet's storage is destroyed, or another one comes in its place. */
  storageGoes(tablet: Tablet, go: () => void): void {
    this.look();
    const before = this.storageOf(tablet).holds;
    go();
    const storage = this.storageOf(tablet);
    storage.replaced();
    storage.look();
    for (const event of before.keys()) {
      const confirmed = this.confirmed.get(event);
      if (confirmed?.tablet === tablet && !storage.holds.has(event)) confirmed.homeless = true;
    }
    this.#excuse();
  }

  /** The server goes on from a backup: every ledger is again what it was then. */
  serverGoes(back: readonly (() => void)[], go: () => void): void {
    this.look();
    go();
    for (const restore of back) restore();
    this.#epoch = epochOf(this.#sqlite());
    for (const ledger of this.ledgers.values()) {
      let before = '0'.repeat(64);
      for (const entry of ledger.entries) {
        this.histories.add(this.#epoch, ledger.business, before, entry);
        before = entry.chain;
      }
    }
    this.#excuse();
    this.look();
  }

  /** Something has happened after which a limit for the whole business can't be promised any more. */
  limitsEnd(): void {
    for (const ledger of this.ledgers.values()) ledger.limitsHold = false;
  }

  /** Bytes were damaged on the disk: what stood there is lost, and no till is to blame. */
  forget(bytes: string): void {
    const [, id = ''] = /"id":"([^"]+)","location"/.exec(bytes) ?? [];
    const confirmed = this.confirmed.get(id);
    if (confirmed !== undefined) confirmed.homeless = true;
    for (const storage of this.storages.values()) if (storage.holds.get(id) === bytes) storage.holds.delete(id);
    this.#excuse();
  }

  /** Ids of all events that some till holds at this moment, own or of others. */
  held(business: string): ReadonlySet<string> {
    const held = new Set<string>();
    for (const [tablet, storage] of this.storages) {
      if (tablet.business !== business) continue;
      storage.look();
      for (const event of storage.holds.keys()) held.add(event);
      for (const event of storage.journaled()) held.add(event);
    }
    return held;
  }

  /** Whether the server has an event, booked or set aside. */
  hasArrived(event: string, business: string): boolean {
    const ledger = this.ledgers.get(business);
    return ledger !== undefined && (ledger.ids.has(event) || isQuarantined(event, ledger));
  }

  #excuse(): void {
    for (const [event, confirmed] of this.confirmed) {
      const { tablet, homeless } = confirmed;
      if (homeless && !this.#isKept(event, tablet) && !this.#isAnywhere(event, tablet.business))
        confirmed.excused = true;
    }
  }

  /** Nothing may come back to a till that is not its own, or to one that was revoked. */
  answered({ page, path }: Request, { status, text }: Answer, isRevoked: boolean): void {
    const { business } = page.tablet;
    for (const other of this.ledgers.keys()) {
      must(
        other === business || !text.includes(other),
        'tenants apart',
        () => `${page.name} asked ${path}, got ${other}`,
      );
    }
    const isData = path.startsWith('/sync/pull') || path.startsWith('/sync/snapshot');
    must(!(isData && status === 200 && isRevoked), 'revoked pulls nothing', () => `${page.name} asked ${path}`);
  }

  /** At the end, when all is well again. */
  lookAgain(): void {
    this.look();
    for (const ledger of this.ledgers.values()) ledger.lookAgain(this.#sqlite());
    for (const [event, { tablet, excused }] of this.confirmed) {
      const arrived = this.hasArrived(event, tablet.business);
      must(arrived || excused, 'nothing lost', () => `${event} of ${tablet.name} never came to the server`);
    }
  }

  /** Where it must be: at the server, or in the storage in which it was recorded. */
  #isKept(event: string, tablet: Tablet): boolean {
    if (this.hasArrived(event, tablet.business)) return true;
    const storage = this.storageOf(tablet);
    return storage.holds.has(event) || storage.hasNow(event);
  }

  /** In any till's storage, own or as news of others. */
  #isAnywhere(event: string, business: string): boolean {
    for (const [tablet, storage] of this.storages) {
      if (tablet.business === business && (storage.holds.has(event) || storage.journals(event))) return true;
    }
    return false;
  }

  /** One act at the counter is one event, however often it was tried: acts carry a mark of their own. */
  #checkDoneOnce(bytes: string): void {
    const { id, fact } = JSON.parse(bytes) as { id: string; fact: { external?: string | null } };
    const mark = fact.external;
    if (typeof mark !== 'string') return;
    const known = this.#doneAs.get(mark);
    must(known === undefined || known === id, 'nothing doubled', () => `${mark} is booked as ${known} and as ${id}`);
    this.#doneAs.set(mark, id);
  }
}

function isQuarantined(event: string, { quarantined }: LedgerMirror): boolean {
  for (const bytes of quarantined) if (bytes.includes(event)) return true;
  return false;
}

function epochOf(sqlite: Database.Database): string {
  const row = sqlite.prepare("select value from server_meta where key = 'epoch'").get() as { value: string };
  return row.value;
}
