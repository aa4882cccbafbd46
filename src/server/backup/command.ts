import { existsSync } from 'node:fs';
import process from 'node:process';
import { type Config, readConfig } from '../config.ts';
import { startProblem } from '../startProblem.ts';
import { fileIn } from '../store/connection/open.ts';
import { BackupProblem } from './format.ts';

/** What a command was called with: `--name value` and `--name`, and the rest. */
export interface Asked {
  readonly flags: ReadonlyMap<string, string>;
  readonly rest: readonly string[];
}

/**
 * Runs a command of the terminal with the server's settings: progress goes to the standard error, the one line that counts to
 * the standard output. Ends the process with 1 where it failed, after a sentence that says why.
 * @param known the flags it takes, and whether each has a value
 */
export async function runCommand(
  known: Readonly<Record<string, boolean>>,
  run: (config: Config, asked: Asked, say: (line: string) => void) => Promise<string>,
  needsDatabase = true,
): Promise<void> {
  try {
    const read = readConfig(process.env);
    if (!read.ok) throw new BackupProblem(read.problems.join('\n'));
    const asked = readArguments(process.argv.slice(2), known);
    const { database, data, mode } = read.config;
    if (needsDatabase && database === null && !existsSync(fileIn(data, mode))) {
      throw new BackupProblem(`There is no database ${fileIn(data, mode)}. Check REGULARS_DATA and REGULARS_MODE.`);
    }
    const done = await run(read.config, asked, (line) => process.stderr.write(`${line}\n`)).catch((error: unknown) => {
      throw error instanceof BackupProblem ? error : new BackupProblem(startProblem(error, read.config));
    });
    process.stdout.write(`${done}\n`);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}

function readArguments(given: readonly string[], known: Readonly<Record<string, boolean>>): Asked {
  const flags = new Map<string, string>();
  const rest: string[] = [];
  for (let at = 0; at < given.length; at++) {
    const word = given[at] ?? '';
    if (!word.startsWith('--')) {
      rest.push(word);
      continue;
    }
    const [name = '', joined] = word.slice(2).split('=', 2);
    if (!Object.hasOwn(known, name)) {
      const names = Object.keys(known).map((one) => `--${one}`);
      throw new BackupProblem(`--${name} is not known here; there is ${names.join(', ')}.`);
    }
    const value = known[name] === true ? (joined ?? given[(at += 1)]) : '';
    if (value === undefined) throw new BackupProblem(`--${name} needs a value behind it.`);
    flags.set(name, value);
  }
  return { flags, rest };
}

/** `3 members`, `1 member`. */
export function count(n: number, one: string): string {
  const ending = n === 1 ? '' : 's';
  return `${n.toLocaleString('en')} ${one.endsWith('y') && n !== 1 ? `${one.slice(0, -1)}ies` : one + ending}`;
}
