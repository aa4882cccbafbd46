import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { freePort } from '../freePort.ts';
import { type Cluster, startCluster } from '../postgres/cluster.ts';
import { killAfterDone } from './browser/afterDone.ts';
import { sellFromClone } from './browser/cloned.ts';
import { checkBrowserControl } from './browser/control.ts';
import { killDuringUpgrade } from './browser/duringUpgrade.ts';
import { checkControls, checkOneControl } from './controls.ts';
import { type Engine, type EngineName, postgresEngine, sqliteEngine } from './engines.ts';
import { killServers } from './killServers.ts';
import { killMigrations } from './migration.ts';
import { readOptions } from './options.ts';
import { hasStrace } from './power/countSyncs.ts';
import { checkPower } from './power/power.ts';
import { asText, type Row } from './row.ts';

/**
 * `npm run kill`: real servers and real browsers are killed, and everything that was confirmed before must be there
 * afterwards. `docs/proof.md` says what it shows, what it cannot show, and all its options.
 */
const options = readOptions(process.argv.slice(2));
const scratch = mkdtempSync(join(tmpdir(), 'regulars-kill-'));
const port = options.port === 0 ? await freePort() : options.port;
const strace = hasStrace();
let cluster: Cluster | null = null;
let failed = 0;

const say = (line: string) => process.stderr.write(`${line}\n`);
const wanted = (part: string) => options.only.length === 0 || options.only.includes(part);

function print(row: Row): void {
  failed += row.failed;
  process.stdout.write(`${options.json ? JSON.stringify(row) : asText(row)}\n`);
}

/** Ends what was started, and us; the folder is kept where something was found. */
async function end(code: number): Promise<never> {
  await cluster?.remove();
  if (failed === 0) rmSync(scratch, { recursive: true, force: true });
  else say(`kept for a look: ${scratch}`);
  process.exit(code);
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void end(1));

/** Gives what makes new databases of this kind; `null` where the short piece does without PostgreSQL. */
async function makerOf(name: EngineName): Promise<((database: string, folder: string) => Promise<Engine>) | null> {
  if (name === 'sqlite') return async (_, folder) => sqliteEngine(join(folder, 'data'));
  try {
    const started = await startCluster();
    cluster = started;
    return (database) => postgresEngine(started, database);
  } catch (error) {
    if (!options.short) throw error;
    say(`postgres: left out (${error instanceof Error ? error.message : String(error)})`);
    return null;
  }
}

async function onEngine(name: EngineName): Promise<void> {
  const engine = await makerOf(name);
  if (engine === null) return;
  const { kills, from } = options;
  const run = { engine, name, from, port, scratch: join(scratch, name), say, strace };
  if (options.short) {
    print(await killServers({ ...run, kills: name === 'sqlite' ? 6 : 4, events: 0 }));
    if (name === 'sqlite') print(await checkOneControl(run));
    return;
  }
  // So many events as well, that a kill every thousand of them is not a quiet one.
  if (wanted('server')) print(await killServers({ ...run, kills, events: 1000 * kills }));
  if (wanted('migration')) print(await killMigrations({ ...run, kills: Math.ceil(kills / 20) }));
  if (wanted('power')) await onPower(run);
  if (wanted('controls')) for (const row of await checkControls(run)) print(row);
}

async function onPower(run: Omit<Parameters<typeof checkPower>[0], 'pushes'>): Promise<void> {
  if (strace) return print(await checkPower({ ...run, pushes: 200 }));
  say('power: left out, since strace is missing (Debian: apt-get install strace); nothing is known about syncing.');
  // Who asks for this check by its name wants to know.
  if (options.only.includes('power')) failed += 1;
}

async function inBrowser(kills: number): Promise<void> {
  if (!existsSync('dist/till/sw.js')) execFileSync('vite', ['build', '--logLevel', 'warn'], { stdio: 'inherit' });
  if (wanted('browser')) print(await killAfterDone({ kills, say }));
  if (options.short) return;
  if (wanted('upgrade')) print(await killDuringUpgrade(Math.ceil(kills / 10)));
  if (wanted('clone')) print(await sellFromClone());
  if (wanted('controls')) print(await checkBrowserControl(say));
}

try {
  for (const name of options.engines) await onEngine(name);
  if (options.browser > 0) await inBrowser(options.browser);
} catch (error) {
  failed += 1;
  say(error instanceof Error ? (error.stack ?? error.message) : String(error));
}
await end(failed === 0 ? 0 : 1);
