import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';

/**
 * Checks the types room by room: each has its own tsconfig, which is what keeps `fetch` out of the engine and `process`
 * out of the apps.
 */
export function checkTypes(): boolean {
  const projects = readdirSync('src')
    .flatMap((room) => [`src/${room}/tsconfig.json`, `src/${room}/tsconfig.sw.json`])
    .concat('tests/tsconfig.json')
    .filter((project) => existsSync(project));
  let good = true;
  for (const project of projects) {
    const { status } = spawnSync('tsc', ['-p', project], { stdio: 'inherit' });
    if (status !== 0) good = false;
  }
  console.log(`types: ${projects.length} projects ${good ? 'right' : 'WRONG'}`);
  return good;
}

if (import.meta.main && !checkTypes()) process.exit(1);
