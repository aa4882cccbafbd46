import type { TestDeps } from '../../src/server/testing/testDeps.ts';

/** Columns that mere contact moves on, and the counts of wrong tries: no data of a shop. */
const CONTACT = new Set(['seen_at', 'front_at']);
const COUNTS = new Set(['sign_in_tries', 'job_leases']);

/** One row with its table, as text. */
interface DumpedRow {
  readonly business: string | null;
  readonly text: string;
}

/** Every row of every table there is, so that a new table is looked at without being named here. */
export async function dumpStore({ db }: Pick<TestDeps, 'db'>): Promise<readonly DumpedRow[]> {
  const rows: DumpedRow[] = [];
  for (const { name } of await db.introspection.getTables()) {
    if (name.startsWith('kysely_') || COUNTS.has(name)) continue;
    const found = await db
      .selectFrom(name as 'documents')
      .selectAll()
      .execute();
    for (const row of found) {
      const kept = Object.entries(row).filter(([column]) => !CONTACT.has(column));
      rows.push({ business: row.business ?? null, text: `${name} ${JSON.stringify(kept)}` });
    }
  }
  return rows.sort((a, b) => (a.text < b.text ? -1 : 1));
}

/** The rows of one business, or of all, as lines that a test compares. */
export function rowsOf(rows: readonly DumpedRow[], business?: string): string[] {
  return rows.filter((row) => business === undefined || row.business === business).map(({ text }) => text);
}
