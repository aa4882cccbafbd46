import type { Target } from '../../loyalty/decision.ts';
import type { Event } from '../../protocol/event.ts';
import type { CacheDb, JournalRow } from '../store/cacheDb.ts';
import type { Documents } from './documents.ts';

/** Targets looked up last. */
const KEPT = 200;

/** What voids and refunds reverse, as it was booked: from the journal of all tills. */
export class Targets {
  readonly #db: CacheDb;
  readonly #documents: Documents;
  readonly #found = new Map<string, Target | null>();

  constructor(db: CacheDb, documents: Documents) {
    this.#db = db;
    this.#documents = documents;
  }

  /** Reads these from the journal, so that `get` knows them. */
  async fetch(events: readonly string[]): Promise<void> {
    for (const event of events) {
      if (this.#found.has(event)) continue;
      const row = await journalOf(this.#db, event);
      if (this.#found.size >= KEPT) this.#found.clear();
      this.#found.set(event, row === null ? null : this.#targetOf(row));
    }
  }

  has(events: readonly string[]): boolean {
    return events.every((event) => this.#found.has(event));
  }

  get(event: string): Target | null {
    return this.#found.get(event) ?? null;
  }

  /** New admissions have come; what was not found may be there now. */
  forget(): void {
    this.#found.clear();
  }

  #targetOf(row: JournalRow): Target | null {
    const event = JSON.parse(row.admitted.bytes) as Event;
    const program = this.#documents.program(event.program);
    if (program === null) return null;
    const { day, booked } = row.admitted;
    return { event: event.id, fact: event.fact, day, program, effects: booked };
  }
}

/** The admission of an event, in the newest epoch that is known here. */
export async function journalOf(db: CacheDb, event: string): Promise<JournalRow | null> {
  const rows = await db.journal.where('id').equals(event).toArray();
  return rows.at(-1) ?? null;
}
