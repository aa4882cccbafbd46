import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { checkBackup } from '../../src/server/backup/checkBackup.ts';
import { KEY_FILE, readKeyFile } from '../../src/server/backup/profileKeys.ts';
import type { Engine } from './engines.ts';

/** `npm run backup` as a process of its own, beside the server. */
export interface RunningBackup {
  /** Kills it; tells whether it was at work, with its file begun and not yet good. */
  readonly kill: () => Promise<boolean>;
  /** Resolves with its exit code. */
  readonly ended: Promise<number | null>;
}

export function startBackup({ env }: Engine, folder: string): RunningBackup {
  const before = new Set(backupsIn(folder, '.unverified'));
  const child: ChildProcess = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', 'src/server/backup/backupCommand.ts', '--to', folder],
    {
      cwd: join(import.meta.dirname, '../..'),
      env: { ...process.env, REGULARS_MODE: 'live', REGULARS_LOG_LEVEL: 'error', ...env },
      stdio: 'ignore',
    },
  );
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  return {
    ended,
    kill: async () => {
      const begun = backupsIn(folder, '.unverified').some((name) => !before.has(name));
      const running = child.exitCode === null;
      child.kill('SIGKILL');
      await ended;
      return begun && running;
    },
  };
}

function backupsIn(folder: string, ending: string): string[] {
  return existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(ending)) : [];
}

/** A file that has the name of a good backup must be one, whatever was killed meanwhile. */
export async function judgeBackups(folder: string, seen: Set<string>): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const name of backupsIn(folder, '.backup.gz')) {
    if (seen.has(name)) continue;
    seen.add(name);
    try {
      const keys = await readKeyFile(join(folder, KEY_FILE));
      const { problems: found, unreadable } = await checkBackup(join(folder, name), keys?.keys ?? new Map());
      problems.push(...found.map((one) => `${name}: ${one}`));
      if (unreadable > 0) problems.push(`${name}: ${unreadable} profiles cannot be read`);
    } catch (error) {
      problems.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return problems;
}
