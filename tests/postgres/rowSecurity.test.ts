import * as fc from 'fast-check';
import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import { acrossBusinesses, byKey, forBusiness, forNobody } from '../../src/server/store/connection/context.ts';
import { listBusinesses } from '../../src/server/store/businesses.ts';
import { OPEN_TABLES } from '../../src/server/store/connection/postgres/rowSecurity.ts';
import { createTestDeps, type TestDeps } from '../../src/server/testing/testDeps.ts';
import { fillEveryTable, type Table, tablesOf } from './fill.ts';

let deps: TestDeps;
let tables: readonly Table[];
beforeEach(async () => {
  deps = await createTestDeps();
  tables = await tablesOf(deps.db);
  await fillEveryTable(deps.db, tables, ['north', 'south']);
});

/** Rows of a table as somebody in the present context sees them. */
const read = async (table: string) =>
  (await sql<Record<string, unknown>>`select * from ${sql.table(table)}`.execute(deps.db)).rows;
const refused = (run: () => Promise<unknown>) =>
  run().then(
    () => null,
    (error: Error) => error.message,
  );

describe('the catalog', () => {
  it('has row-level security, forced, and a policy on every table but the listed open ones', async () => {
    const { rows } = await sql<{ name: string; safe: boolean; policies: number }>`
      select relname as name, relrowsecurity and relforcerowsecurity as safe,
        (select count(*) from pg_policy where polrelid = pg_class.oid) as policies
      from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`.execute(deps.db);
    const ours = rows.filter(({ name }) => !name.startsWith('kysely_'));
    const open = ours.filter(({ safe }) => !safe).map(({ name }) => name);
    expect(open.sort()).toEqual([...OPEN_TABLES].sort());
    expect(ours.filter(({ safe, policies }) => safe && policies === 0)).toEqual([]);
    expect(ours.length).toBeGreaterThan(20);
  });

  it('has no view or function that could look past it', async () => {
    const { rows } = await sql<{ name: string }>`
      select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('v', 'm')
      union all select proname from pg_proc where pronamespace = 'public'::regnamespace`.execute(deps.db);
    expect(rows).toEqual([]);
  });

  it('gives servers a role that nothing exempts, that owns nothing and can change no table', async () => {
    await forBusiness('north', async () => {
      const { rows } = await sql<{ above: boolean; owns: number; creates: boolean }>`
        select rolsuper or rolbypassrls or rolcreaterole as above,
          (select count(*) from pg_class where relowner = pg_roles.oid) as owns,
          has_schema_privilege(current_user, 'public', 'create') as creates
        from pg_roles where rolname = current_user`.execute(deps.db);
      expect(rows).toEqual([{ above: false, owns: 0, creates: false }]);
      const disable = sql`alter table events disable row level security`;
      expect(await refused(() => disable.execute(deps.db))).toContain('must be owner');
    });
  });

  it('compares every text byte by byte, whatever the language of the database', async () => {
    const { rows } = await sql<{ column: string; collation: string }>`
      select relname || '.' || attname as column, collname as collation
      from pg_attribute join pg_class on pg_class.oid = attrelid join pg_collation on pg_collation.oid = attcollation
      where relnamespace = 'public'::regnamespace and relkind = 'r' and relname not like 'kysely%'`.execute(deps.db);
    expect(rows.filter(({ collation }) => collation !== 'C')).toEqual([]);
    expect(rows.length).toBeGreaterThan(50);
  });
});

describe('as the role of servers', () => {
  it('shows each business its own rows and nobody any', async () => {
    for (const { name } of tables) {
      for (const business of ['north', 'south']) {
        const seen = await forBusiness(business, () => read(name));
        expect(seen.length, name).toBeGreaterThan(0);
        expect(new Set(seen.map((row) => row['business'])), name).toEqual(new Set([business]));
      }
      expect(await forNobody(() => read(name)), name).toEqual([]);
      expect(await forBusiness('west', () => read(name)), name).toEqual([]);
    }
  });

  it('lists the names of businesses where that is asked for, and nothing else of them', async () => {
    expect(await listBusinesses(deps.db)).toEqual(['north', 'south']);
    for (const { name } of tables) {
      if (name !== 'businesses') expect(await acrossBusinesses(() => read(name)), name).toEqual([]);
    }
    const rename = sql`update businesses set chain = 'mine'`;
    const { numAffectedRows } = await acrossBusinesses(() => rename.execute(deps.db));
    expect(numAffectedRows).toBe(0n);
  });

  it('finds by an exact key one row at most, to read only', async () => {
    let found = 0;
    for (const { name, columns } of tables) {
      const all = await read(name);
      for (const { name: column } of columns) {
        const value = all[0]?.[column];
        if (typeof value !== 'string') continue;
        const seen = await byKey(value, () => read(name));
        if (seen.length === 0) continue;
        found += 1;
        expect(seen, `${name}.${column}`).toEqual([all[0]]);
        const drop = sql`delete from ${sql.table(name)}`;
        expect((await byKey(value, () => drop.execute(deps.db))).numAffectedRows, name).toBe(0n);
      }
      expect(await byKey('', () => read(name)), name).toEqual([]);
    }
    expect(found).toBe(7);
  });

  it('lets nobody write into another business, in any table and any way', async () => {
    const before = await Promise.all(tables.map(({ name }) => read(name)));
    const way = fc.record({
      table: fc.nat(),
      how: fc.constantFrom('insert', 'take', 'give', 'change', 'delete', 'upsert'),
    });
    await fc.assert(
      fc.asyncProperty(way, fc.boolean(), async ({ table: at, how }, inTransaction) => {
        const table = tables[at % tables.length];
        if (!table) throw new Error('no tables');
        const t = sql.table(table.name);
        const foreign = (before[tables.indexOf(table)] ?? []).find((row) => row['business'] === 'south') ?? {};
        const columns = sql.join(Object.keys(foreign).map((column) => sql.id(column)));
        const values = sql.join(Object.values(foreign));
        // In south's name, but no row that south has.
        const fresh = sql.join(
          Object.entries(foreign).map(([column, value]) =>
            typeof value === 'string' && column !== 'business' ? `${value}, new` : value,
          ),
        );
        const conflict = sql.join(table.key.map((column) => sql.id(column)));
        const statement = {
          insert: sql`insert into ${t} (${columns}) values (${fresh})`,
          upsert: sql`insert into ${t} (${columns}) values (${values}) on conflict (${conflict}) do update set business = 'north'`,
          take: sql`update ${t} set business = 'north' where business = 'south'`,
          give: sql`update ${t} set business = 'south' where business = 'north'`,
          change: sql`update ${t} set business = business where business <> 'north'`,
          delete: sql`delete from ${t} where business = 'south'`,
        }[how];
        const run = () =>
          forBusiness('north', () =>
            inTransaction ? deps.db.transaction().execute((trx) => statement.execute(trx)) : statement.execute(deps.db),
          );
        const done = await run().then(
          ({ numAffectedRows }) => numAffectedRows,
          (error: Error) => error.message,
        );
        if (how === 'insert') expect(done).toContain('row-level security');
        else if (how === 'upsert' || how === 'give') expect(done).toMatch(/row-level security|unique constraint/);
        else expect(done).toBe(0n);
      }),
      { numRuns: 400 },
    );
    expect(await Promise.all(tables.map(({ name }) => read(name)))).toEqual(before);
  });

  it('keeps requests apart that share connections', async () => {
    const names = ['north', 'south'] as const;
    await Promise.all(
      Array.from({ length: 200 }, async (_, i) => {
        const mine = names[i % 2] ?? 'north';
        const rows =
          i % 3 === 0
            ? await forBusiness(mine, () =>
                deps.db.transaction().execute((trx) => trx.selectFrom('members').selectAll().execute()),
              )
            : await forBusiness(mine, () => deps.db.selectFrom('members').selectAll().execute());
        expect(rows.map((row) => row.business)).toEqual([mine]);
      }),
    );
  });
});
