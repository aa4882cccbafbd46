import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { startCluster } from '../postgres/cluster.ts';
import { type Engine, type EngineName, postgresEngine, sqliteEngine } from './engines.ts';
import { killAfterDone } from './browser/afterDone.ts';
import { sellFromClone } from './browser/cloned.ts';
import { checkBrowserControl } from './browser/control.ts';
import { killDuringUpgrade } from './browser/duringUpgrade.ts';
import { checkControls } from './controls.ts';
import { checkPower } from './power/power.ts';
import { hasStrace } from './power/countSyncs.ts';
import { killMigrations } from './migration.ts';
import { readOptions } from './options.ts';
import type { Row } from './row.ts';
import { killServers } from './killServers.ts';

/**
 * `npm run kill`: real servers and real browsers are killed, and everything that was confirmed before must be there
 * afterwards. See docs/proof.md for what it shows and what it cannot show.
 */
const options = readOptions(process.argv.slice(2));
const scratch = mkdtempSync(join(tmpdir(), 'regulars-kill-'));
// So that what was started ends with us.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
const ends: (() => Promise<void>)[] = [];
let failed = 0;

function print(row: Row): void {
  failed += row.failed;
  process.stdout.write(`${JSON.stringify(row)}\n`);
}

/** Gives what makes new databases of this kind. */
async function makerOf(name: EngineName): Promise<(database: string, folder: string) => Promise<Engine>> {
  if (name === 'sqlite') return async (_, folder) => sqliteEngine(join(folder, 'data'));
  const cluster = await startCluster({ port: options.port + 1 });
  ends.push(cluster.remove);
  return (database) => postgresEngine(cluster, database);
}

const NO_STRACE =
  'power: left out, since strace is not here (Debian: apt-get install strace). Whether commits reach the disk is not checked.';
const strace = hasStrace();
const wanted = (part: string) => options.only.length === 0 || options.only.includes(part);
const say = (line: string) => process.stderr.write(`${line}\n`);

try {
  for (const name of options.engines) {
    const engine = await makerOf(name);
    const { kills, from, port } = options;
    const common = { engine, from, port, scratch: join(scratch, name) };
    if (wanted('server')) print(await killServers({ ...common, kills, say }));
    if (wanted('power')) {
      if (strace) print(await checkPower({ ...common, pushes: Math.max(50, kills) }));
      else say(NO_STRACE);
      // Who asks for this check alone wants to know.
      if (!strace && options.only.includes('power')) failed += 1;
    }
    if (wanted('controls')) for (const row of await checkControls({ ...common, name, strace })) print(row);
    if (wanted('migration')) print(await killMigrations({ ...common, kills: Math.ceil(kills / 20) }));
  }
  if (options.browser > 0) {
    if (!existsSync('dist/till/sw.js')) execFileSync('vite', ['build', '--logLevel', 'warn'], { stdio: 'inherit' });
    if (wanted('browser')) print(await killAfterDone({ kills: options.browser, say }));
    if (wanted('upgrade')) print(await killDuringUpgrade(Math.ceil(options.browser / 10)));
    if (wanted('clone')) print(await sellFromClone());
    if (wanted('controls')) print(await checkBrowserControl(say));
  }
} finally {
  for (const end of ends) await end();
}
if (failed === 0) rmSync(scratch, { recursive: true, force: true });
else say(`kept for a look: ${scratch}`);
process.exit(failed === 0 ? 0 : 1);
