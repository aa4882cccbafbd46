import { existsSync, readdirSync, readFileSync } from 'node:fs';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * SIGKILL for the whole process group of the Chromium that uses this profile, and waits until all of it is gone: nothing
 * gets a chance to be flushed. Linux only, as it reads /proc.
 */
export async function killBrowser(folder: string): Promise<void> {
  const groups = new Set(
    processes().flatMap(({ group, command }) => (command.includes(`user-data-dir=${folder}`) ? [group] : [])),
  );
  if (groups.size === 0) throw new Error('no browser runs on this profile');
  for (const group of groups) process.kill(-group, 'SIGKILL');
  while (processes().some(({ group, state }) => groups.has(group) && state !== 'Z')) await pause(5);
}

function processes() {
  if (!existsSync('/proc/self/stat')) throw new Error('browsers are killed on Linux only');
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
        // After the name in parentheses: state, parent, process group.
        const [state = '', , group = ''] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        return [{ state, group: Number(group), command: readFileSync(`/proc/${pid}/cmdline`, 'utf8') }];
      } catch {
        // Gone meanwhile.
        return [];
      }
    });
}
