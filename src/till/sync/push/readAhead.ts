import type { EventRow } from '../../store/ledgerDb.ts';

/**
 * Reads rows of the ledger for sending, and the next ones already while the server works on the last. Rows never change,
 * so what was read stays right; what did not fit into one request is kept for the next.
 */
export class ReadAhead {
  readonly #read: (from: number, to: number) => Promise<readonly EventRow[]>;
  #kept: readonly EventRow[] = [];
  #coming: Promise<readonly EventRow[]> | null = null;

  constructor(read: (from: number, to: number) => Promise<readonly EventRow[]>) {
    this.#read = read;
  }

  /** Rows `from` to `to`, both included. */
  async take(from: number, to: number): Promise<readonly EventRow[]> {
    if (this.#coming !== null) {
      this.#kept = [...this.#kept, ...(await this.#coming)];
      this.#coming = null;
    }
    const begin = this.#kept.findIndex((row) => row.n === from);
    this.#kept = begin < 0 ? [] : this.#kept.slice(begin);
    const after = this.#kept.at(-1)?.n ?? from - 1;
    if (after < to) this.#kept = [...this.#kept, ...(await this.#read(after + 1, to))];
    return this.#kept.filter((row) => row.n <= to);
  }

  /** Begins to read through `to`, for the next `take`. */
  prepare(to: number): void {
    const last = this.#kept.at(-1);
    if (last === undefined || last.n >= to || this.#coming !== null) return;
    this.#coming = this.#read(last.n + 1, to).catch(() => []);
  }
}
