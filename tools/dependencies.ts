import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** What is looked at of `package-lock.json` and `package.json`. */
interface LockedPackage {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
}
export interface Lock {
  readonly packages: Readonly<Record<string, LockedPackage>>;
}
export interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly overrides?: Readonly<Record<string, string>>;
  /** Packages that may run something when they are installed. */
  readonly allowScripts?: Readonly<Record<string, boolean>>;
}

/**
 * What is wrong with the locked packages, without asking anybody: each must be the very file that was locked, come from the
 * registry, and run nothing at its installation unless it is on the list; what we ask for is one exact version.
 */
export function lockProblems({ packages }: Lock, manifest: Manifest): string[] {
  const problems: string[] = [];
  for (const [path, one] of Object.entries(packages)) {
    if (path === '') continue;
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    if (one.link || !path.startsWith('node_modules/')) problems.push(`${path} is no package of the registry`);
    if (!/^sha512-[\w+/]{86}==$/.test(one.integrity ?? '')) problems.push(`${path} has no sha512 in the lock`);
    // Without an address it comes from whatever registry npm is set to, and the hash says whether it is the same.
    if (one.resolved !== undefined && !one.resolved.startsWith('https://registry.npmjs.org/')) {
      problems.push(`${path} comes from ${one.resolved}`);
    }
    if (!/^\d+\.\d+\.\d+/.test(one.version ?? '')) problems.push(`${path} has no version`);
    if (one.hasInstallScript && manifest.allowScripts?.[name] !== true) {
      problems.push(`${path} runs something when it is installed and is not in "allowScripts"`);
    }
  }
  const wanted = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.overrides };
  for (const [name, version] of Object.entries(wanted)) {
    if (!/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version)) problems.push(`${name} is asked for as "${version}"`);
  }
  return problems;
}

/** What an audit said: how many known faults there are, or that nobody answered. */
export function readAudit(output: string): { readonly checked: boolean; readonly found: readonly string[] } {
  try {
    const { vulnerabilities } = JSON.parse(output) as {
      vulnerabilities?: Readonly<Record<string, { readonly severity: string }>>;
    };
    if (vulnerabilities === undefined) return { checked: false, found: [] };
    const bad = Object.entries(vulnerabilities).filter(([, { severity }]) => /^(?:high|critical)$/.test(severity));
    return { checked: true, found: bad.map(([name, { severity }]) => `${name}: ${severity}`) };
  } catch {
    return { checked: false, found: [] };
  }
}

/** Checks the lock, and asks the registry for known faults of what runs in production, where it answers that. */
export function checkDependencies(): boolean {
  const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));
  const problems = lockProblems(read('package-lock.json') as Lock, read('package.json') as Manifest);
  for (const problem of problems) console.error(problem);
  const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--audit-level=high', '--json'], {
    encoding: 'utf8',
    timeout: 60_000,
  });
  const { checked, found } = readAudit(stdout ?? '');
  if (!checked) console.log('known faults: not checked, the registry does not answer audits');
  for (const one of found) console.error(`known fault in ${one}; "npm audit" says more`);
  return problems.length === 0 && found.length === 0;
}
