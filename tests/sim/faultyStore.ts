/* oxlint-disable no-underscore-dangle -- the insides of the database in memory are named so */
import { forceCloseDatabase } from 'fake-indexeddb';

/** Where something can go wrong in one transaction that writes. */
export type StorePoint =
  /** Before it begins. */
  | 'before'
  /** At one of its requests. */
  | 'inside'
  /** It is on the disk, and nobody has been told. */
  | 'after';

export type StoreFault = 'crash' | 'quota' | 'lost';

/** What the database in memory has inside, as far as faults need it. */
interface InnerTransaction extends IDBTransaction {
  _state: 'active' | 'inactive' | 'committing' | 'finished';
  _start: () => void;
  _abort: (name: string | null) => void;
  error: DOMException | null;
}
interface InnerDatabase extends IDBDatabase {
  readonly _rawDatabase: { readonly processTransactions: () => void };
}

/** The package's types want the class where it takes an object of it. */
const close = forceCloseDatabase as unknown as (db: InnerDatabase) => void;

interface Armed {
  readonly fault: StoreFault;
  readonly point: StorePoint;
  /** So many chances are let pass. */
  left: number;
}

/**
 * One page's way to the storage of its browser. It can be armed with a fault, and it ends with the page: what is not
 * committed by then never will be.
 */
export class FaultyStore {
  readonly factory: IDBFactory;
  readonly #real: IDBFactory;
  readonly #crash: () => void;
  readonly #seen: (fault: StoreFault, point: StorePoint) => void;
  readonly #open = new Set<InnerTransaction>();
  #armed: Armed | null = null;
  #ended = false;

  /**
   * @param crash the page dies here
   * @param seen told when a fault strikes
   */
  constructor(real: IDBFactory, crash: () => void, seen: (fault: StoreFault, point: StorePoint) => void) {
    this.#real = real;
    this.#crash = crash;
    this.#seen = seen;
    this.factory = {
      open: (name: string, version?: number) => this.#connect(name, version),
      cmp: (a: unknown, b: unknown) => real.cmp(a, b),
      databases: () => real.databases(),
      deleteDatabase: (name: string) => real.deleteDatabase(name),
    };
  }

  arm(fault: StoreFault, point: StorePoint, left: number): void {
    this.#armed = { fault, point, left };
  }

  disarm(): void {
    this.#armed = null;
  }

  /** The page is gone: transactions under way are undone, and no new one begins. */
  end(): void {
    this.#ended = true;
    for (const open of this.#open) if (open._state !== 'finished') open._abort(null);
    this.#open.clear();
  }

  #connect(name: string, version: number | undefined): IDBOpenDBRequest {
    // Nobody answers a page that is gone.
    if (this.#ended) return new EventTarget() as unknown as IDBOpenDBRequest;
    const request = version === undefined ? this.#real.open(name) : this.#real.open(name, version);
    request.addEventListener('upgradeneeded', () => this.#track(request.transaction as InnerTransaction));
    request.addEventListener('success', () => this.#guard(request.result as InnerDatabase));
    return request;
  }

  #guard(db: InnerDatabase): void {
    const begin = db.transaction.bind(db);
    db.transaction = (names: string | Iterable<string>, mode?: IDBTransactionMode, options?: IDBTransactionOptions) => {
      if (mode === 'readwrite') this.#strike(db, 'before', null);
      if (this.#ended) throw new DOMException('The page is gone.', 'InvalidStateError');
      const transaction = begin(names, mode, options) as InnerTransaction;
      this.#track(transaction);
      if (mode === 'readwrite') this.#haunt(db, transaction);
      return transaction;
    };
  }

  #track(transaction: InnerTransaction): void {
    this.#open.add(transaction);
    const over = () => this.#open.delete(transaction);
    transaction.addEventListener('complete', over);
    transaction.addEventListener('abort', over);
  }

  #haunt(db: InnerDatabase, transaction: InnerTransaction): void {
    const start = transaction._start.bind(transaction);
    transaction._start = () => {
      if (transaction._state !== 'finished') this.#strike(db, 'inside', transaction);
      start();
    };
    transaction.addEventListener('complete', (event) => {
      const fault = this.#due('after');
      if (fault === null) return;
      if (fault === 'crash') this.#crash();
      if (fault !== 'lost') return;
      // The connection dies between the commit and the word of it.
      event.stopImmediatePropagation();
      db._rawDatabase.processTransactions();
      transaction.error = new DOMException('Connection to the database was lost.', 'UnknownError');
      const abort = new Event('abort');
      transaction.onabort?.(Object.defineProperty(abort, 'target', { value: transaction }));
      close(db);
    });
  }

  #strike(db: InnerDatabase, point: 'before' | 'inside', transaction: InnerTransaction | null): void {
    const fault = this.#due(point);
    if (fault === 'crash') this.#crash();
    else if (fault === 'quota') transaction?._abort('QuotaExceededError');
    else if (fault === 'lost') {
      transaction?._abort('UnknownError');
      close(db);
      if (transaction === null) throw new DOMException('The database connection is closing.', 'InvalidStateError');
    }
  }

  #due(point: StorePoint): StoreFault | null {
    const armed = this.#armed;
    if (this.#ended || armed === null || armed.point !== point) return null;
    armed.left -= 1;
    if (armed.left >= 0) return null;
    this.#armed = null;
    this.#seen(armed.fault, point);
    return armed.fault;
  }
}
