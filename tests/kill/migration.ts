import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { chanceOf } from './chance.ts';
import type { Engine } from './engines.ts';
import type { Row } from './row.ts';
import { startServer } from './serverProcess.ts';

export interface MigrationRun {
  /** A new, empty database each time it is called. */
  readonly engine: (name: string, folder: string) => Promise<Engine>;
  readonly kills: number;
  readonly from: number;
  readonly port: number;
  readonly scratch: string;
}

/** More statements than all migrations together have. */
const MOST_STATEMENTS = 200;

/**
 * The first start of a new version is killed in the middle of bringing the tables up to date, after a statement of the
 * seed's choice; the next start must finish the work and leave the same tables as one that nobody disturbed.
 */
export async function killMigrations({ engine: make, kills, from, port, scratch }: MigrationRun): Promise<Row> {
  const chance = chanceOf(from);
  mkdirSync(scratch, { recursive: true });
  const whole = await make('undisturbed', join(scratch, 'undisturbed'));
  const undisturbed = await startServer({ port, scratch, env: whole.env });
  await undisturbed?.stop();
  const tables = await tablesOf(whole);
  await whole.remove();
  const problems: string[] = [];
  let statements = MOST_STATEMENTS;
  let run = 0;
  for (let tries = 1; run < kills && problems.length === 0; tries++) {
    const nth = chance.whole(1, statements);
    const name = `migration_${tries}`;
    const engine = await make(name, join(scratch, name));
    const settings = { port, scratch, env: engine.env };
    const survivor = await startServer({ ...settings, cut: { name: 'IN_MIGRATION', nth, afterMs: 0 } });
    if (survivor !== null) {
      // There are fewer statements than that.
      statements = nth - 1;
      await survivor.kill();
      if (statements === 0) throw new Error('no statement of a migration was seen');
    } else {
      run += 1;
      problems.push(...(await recovered(engine, settings, tables)).map((what) => `after statement ${nth}: ${what}`));
    }
    await engine.remove();
  }
  return { kill: `migration.${whole.name}`, run, failed: problems.length === 0 ? 0 : 1, statements, problems };
}

async function recovered(engine: Engine, settings: Parameters<typeof startServer>[0], tables: string) {
  try {
    const server = await startServer(settings);
    await server?.stop();
    const now = await tablesOf(engine);
    return [...(await engine.integrity()), ...(now === tables ? [] : ['other tables than without the kill'])];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

/** All tables with their columns, as text. */
function tablesOf(engine: Engine): Promise<string> {
  return engine.inspect(async (db) => {
    const tables = await db.introspection.getTables();
    const lines = tables.map(
      ({ name, columns }) =>
        `${name}: ${columns
          .map((c) => `${c.name} ${c.dataType}`)
          .sort()
          .join(', ')}`,
    );
    const applied = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
    return [...lines.sort(), ...applied.rows.map((row) => row.name)].join('\n');
  });
}
