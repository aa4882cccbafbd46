import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const folder = import.meta.dirname;

/**
 * Loads a package of `bench/package.json`, whose packages are installed at the first bench that needs one (the
 * product's own install stays small). Throws with what to do where that fails.
 */
export function requirePeer(name: string): unknown {
  const require = createRequire(resolve(folder, 'package.json'));
  if (!existsSync(resolve(folder, 'node_modules', name))) {
    console.error(`bench: ${name} is not installed yet; running "npm ci" in bench/ once (about a minute)`);
    const done = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    if (done.status !== 0) throw new Error(`"npm ci" in bench/ failed; without ${name} this cannot be measured`);
  }
  return require(name);
}
