import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const INSTALLED = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** What every headless run here starts Chromium with: no sandbox (root in CI), and no calls home. */
export const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Path of a Chromium to test with: `CHROMIUM_PATH`, an installed one, the npm package @sparticuz/chromium (fetched on
 * demand), or the system's package. Throws with what was tried.
 */
export async function findChromium(): Promise<string> {
  const tried: string[] = [];
  const wanted = process.env['CHROMIUM_PATH'];
  if (wanted !== undefined) {
    if (existsSync(wanted)) return wanted;
    tried.push(`CHROMIUM_PATH=${wanted} (no such file)`);
  }
  if (process.env['CHROMIUM_SOURCE'] !== 'npm') {
    const found = INSTALLED.find((path) => existsSync(path));
    if (found !== undefined) return found;
    tried.push('an installed Chromium or Chrome');
  }
  const fromNpm = await chromiumFromNpm();
  if (fromNpm !== null) return fromNpm;
  tried.push('the npm package @sparticuz/chromium');
  if (process.platform === 'linux' && process.getuid?.() === 0) {
    console.log('chromium: installing the system package');
    spawnSync('sh', ['-c', 'apt-get update -qq && apt-get install -y -qq chromium'], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    if (existsSync('/usr/bin/chromium')) return '/usr/bin/chromium';
    tried.push('apt-get install chromium');
  }
  throw new Error(`No Chromium to test with. Tried: ${tried.join('; ')}. Install Chromium, or set CHROMIUM_PATH.`);
}

async function chromiumFromNpm(): Promise<string | null> {
  const folder = resolve('.cache/chromium');
  const require = createRequire(resolve(folder, 'package.json'));
  const works = async () => {
    try {
      const module = (await import(pathToFileURL(require.resolve('@sparticuz/chromium')).href)) as {
        default: { executablePath(): Promise<string> };
      };
      const path = await module.default.executablePath();
      return spawnSync(path, ['--version', '--no-sandbox']).status === 0 ? path : null;
    } catch {
      return null;
    }
  };
  const ready = await works();
  if (ready !== null) return ready;
  console.log('chromium: none installed, fetching @sparticuz/chromium');
  spawnSync('npm', ['install', '--prefix', folder, '--no-save', '--no-package-lock', '@sparticuz/chromium@153.0.0'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return works();
}
