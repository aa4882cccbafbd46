import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { freePort } from '../freePort.ts';
import { findBinaries, findRunner, type Runner } from './binaries.ts';

/**
 * A PostgreSQL of our own, for tests only: it trusts everybody on this machine. Three roles: `postgres` (superuser, makes
 * databases), `regulars_owner` (owns the tables, may be named for migrations), `regulars_app` (what servers connect as:
 * row-level security holds it). Its default collation is a language's, since that is what people have, too.
 */
export interface Cluster {
  readonly port: number;
  /** The data folder. */
  readonly folder: string;
  readonly url: (database: string, role?: Role) => string;
  /** Starts it, also after `stop` or `kill`, on the same data; resolves when it takes connections. */
  readonly start: () => Promise<void>;
  /** Ends it in order: what is connected is cut off, everything is written. */
  readonly stop: () => Promise<void>;
  /** Ends the postmaster and all its processes with SIGKILL, as a crash of the machine's software does. */
  readonly kill: () => Promise<void>;
  /** Process ids: the postmaster's, and those of its children at this moment. */
  readonly processes: () => readonly number[];
  /** Makes an empty database, or a copy of `template`, to which nobody may be connected. */
  readonly createDatabase: (name: string, template?: string) => Promise<void>;
  readonly dropDatabase: (name: string) => Promise<void>;
  /** Stops it and deletes its data. */
  readonly remove: () => Promise<void>;
}

export type Role = 'postgres' | 'regulars_owner' | 'regulars_app';

export interface ClusterOptions {
  /** An own folder for its data, new or left by a cluster before; default: a new one under the temporary folder. */
  readonly folder?: string;
  /** Default: a free one. */
  readonly port?: number;
  /** `postgresql.conf` entries, e.g. `{ fsync: 'off' }`. */
  readonly settings?: Readonly<Record<string, string>>;
}

const START_MS = 60_000;

/** Makes and starts a cluster. Call `remove` in the end. */
export async function startCluster(options: ClusterOptions = {}): Promise<Cluster> {
  const runner = findRunner();
  const binaries = findBinaries(runner);
  const base = options.folder ?? mkdtempSync(join(tmpdir(), 'regulars-pg-'));
  mkdirSync(base, { recursive: true });
  own(base, runner);
  const data = join(base, 'data');
  const port = options.port ?? (await freePort());
  const isNew = !existsSync(join(data, 'PG_VERSION'));
  if (isNew) initialize(binaries, data, runner);
  let server: ChildProcess | null = null;

  const url = (database: string, role: Role = 'regulars_app') => `postgres://${role}@127.0.0.1:${port}/${database}`;
  const asAdmin = async (...statements: string[]) => {
    const client = new Client({ connectionString: url('postgres', 'postgres') });
    client.on('error', () => {});
    await client.connect();
    try {
      for (const statement of statements) await client.query(statement);
    } finally {
      await client.end();
    }
  };
  const stop = async () => {
    if (server === null) return;
    const ended = endOf(server);
    // "Fast shutdown": does not wait for those who are connected.
    server.kill('SIGINT');
    await ended;
    server = null;
  };
  const cluster: Cluster = {
    port,
    folder: data,
    url,
    start: async () => {
      server = await run(binaries, data, port, options.settings ?? {}, runner);
      const until = Date.now() + START_MS;
      for (;;) {
        try {
          return await asAdmin('select 1');
        } catch (error) {
          if (server.exitCode !== null) throw new Error('PostgreSQL did not start.', { cause: error });
          if (Date.now() > until) throw error;
          await pause(50);
        }
      }
    },
    stop,
    kill: async () => {
      if (server === null) return;
      const ended = endOf(server);
      const children = childrenOf(server.pid);
      server.kill('SIGKILL');
      for (const child of children) killQuietly(child);
      await ended;
      server = null;
    },
    processes: () => (server?.pid === undefined ? [] : [server.pid, ...childrenOf(server.pid)]),
    createDatabase: (name, template = 'template1') =>
      asAdmin(`create database "${name}" owner regulars_owner template "${template}" strategy wal_log`),
    dropDatabase: (name) => asAdmin(`drop database if exists "${name}" with (force)`),
    remove: async () => {
      await stop();
      rmSync(base, { recursive: true, force: true });
    },
  };
  await cluster.start();
  if (isNew) {
    await asAdmin(
      'create role regulars_owner login nosuperuser nobypassrls',
      'create role regulars_app login nosuperuser nobypassrls',
    );
  }
  return cluster;
}

function initialize(binaries: string, data: string, runner: Runner): void {
  const locale = ['--locale=C', '--locale-provider=icu', '--icu-locale=en-US'];
  const common = ['-D', data, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--no-sync'];
  execFileSync(join(binaries, 'initdb'), [...common, ...locale], { ...runner, stdio: 'pipe', cwd: tmpdir() });
}

/** Starts the postmaster. A crash a moment ago may still hold the shared memory, so it tries for a while. */
async function run(
  binaries: string,
  data: string,
  port: number,
  settings: Readonly<Record<string, string>>,
  runner: Runner,
): Promise<ChildProcess> {
  const all = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    // Checkpoints cost the most where many databases come and go.
    checkpoint_timeout: '1h',
    max_wal_size: '2GB',
    ...settings,
  };
  const flags = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  for (let attempt = 1; ; attempt++) {
    const child = spawn(join(binaries, 'postgres'), ['-D', data, '-p', String(port), ...flags], {
      ...runner,
      stdio: ['ignore', 'ignore', 'pipe'],
      cwd: tmpdir(),
    });
    let said = '';
    const ready = await new Promise<boolean>((resolve) => {
      child.stderr.on('data', (chunk: Buffer) => {
        said = (said + chunk.toString()).slice(-4000);
        if (said.includes('ready to accept connections')) resolve(true);
      });
      child.once('exit', () => resolve(false));
      child.once('error', () => resolve(false));
    });
    if (ready) return child;
    if (attempt >= 40 || !/still in use|already exists|is in recovery/.test(said)) {
      throw new Error(`PostgreSQL does not start:\n${said}`);
    }
    await pause(250);
  }
}

function endOf(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => child.once('exit', () => resolve()));
}

/** PostgreSQL's processes are no process group: each has a session of its own. */
function childrenOf(parent: number | undefined): number[] {
  if (parent === undefined || !existsSync('/proc/self/stat')) return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        // After the name in parentheses: state, then the parent.
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
        return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === parent;
      } catch {
        return false;
      }
    })
    .map(Number);
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Gone already.
  }
}

function own(folder: string, { uid, gid }: Runner): void {
  chmodSync(folder, 0o755);
  if (uid !== undefined && gid !== undefined) chownSync(folder, uid, gid);
}
