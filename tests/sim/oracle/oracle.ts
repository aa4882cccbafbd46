import type Database from 'better-sqlite3';
import type { Answer, Request } from '../network.ts';
import type { Tablet } from '../tablet.ts';
import { LedgerMirror } from './ledger.ts';
import { Histories, StorageMirror } from './tills.ts';
import { must } from './violation.ts';

interface Confirmed {
  readonly tablet: Tablet;
  /** Where it was recorded has been destroyed, and at that moment the server did not have it. */
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
    this.confirmed.set(event, { tablet, excused: false });
  }

  /** Everything that must hold at any moment. */
  look(): void {
    for (const ledger of this.ledgers.values()) ledger.look(this.#sqlite());
    for (const [tablet, storage] of this.storages) {
      storage.look();
      storage.lookAtStates(this.ledgerOf(tablet), this.histories);
    }
    for (const [event, { tablet, excused }] of this.confirmed) {
      if (excused) continue;
      must(this.#isSomewhere(event, tablet), 'nothing lost', () => `${event}, which ${tablet.name} had confirmed`);
    }
  }

  /** A tablet's storage is about to be destroyed or replaced. */
  storageGoes(tablet: Tablet): void {
    this.look();
    const ledger = this.ledgerOf(tablet);
    const storage = this.storageOf(tablet);
    for (const [event, confirmed] of this.confirmed) {
      if (confirmed.tablet === tablet && !ledger.ids.has(event) && !this.#isQuarantined(event, tablet)) {
        confirmed.excused = true;
      }
    }
    storage.replaced();
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
      const ledger = this.ledgerOf(tablet);
      const arrived = ledger.ids.has(event) || this.#isQuarantined(event, tablet);
      must(arrived || excused, 'nothing lost', () => `${event} of ${tablet.name} never came to the server`);
    }
  }

  #isSomewhere(event: string, tablet: Tablet): boolean {
    if (this.ledgerOf(tablet).ids.has(event)) return true;
    const storage = this.storageOf(tablet);
    return storage.holds.has(event) || this.#isQuarantined(event, tablet) || storage.hasNow(event);
  }

  #isQuarantined(event: string, tablet: Tablet): boolean {
    const { quarantined } = this.ledgerOf(tablet);
    if (quarantined.size === 0) return false;
    return [...quarantined].some((bytes) => bytes.includes(event));
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

function epochOf(sqlite: Database.Database): string {
  const row = sqlite.prepare("select value from server_meta where key = 'epoch'").get() as { value: string };
  return row.value;
}
