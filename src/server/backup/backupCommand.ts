import { join } from 'node:path';
import { openStore } from '../store/connection/open.ts';
import { count, runCommand } from './command.ts';
import { BackupProblem } from './format.ts';
import { makeBackup } from './makeBackup.ts';

/** `npm run backup [-- --to folder]`, also while the server runs. */
await runCommand({ to: true }, async (config, { flags }, say) => {
  const to = flags.get('to');
  const folder = to ?? join(config.data, 'backups');
  say(`Backing up ${config.database === null ? `the database in ${config.data}` : 'PostgreSQL'} to ${folder} ...`);
  const db = await openStore(config);
  try {
    const made = await makeBackup({ config, db, folder, isElsewhere: to !== undefined, now: Date.now(), say });
    const { file, bytes, check } = made;
    if (check.problems.length > 0) {
      throw new BackupProblem(
        `THE BACKUP IS NOT GOOD, and is kept as ${file}:\n${check.problems.map((one) => `  - ${one}`).join('\n')}`,
      );
    }
    const entries = check.businesses.reduce((sum, one) => sum + one.head, 0);
    const members = check.businesses.reduce((sum, one) => sum + one.members, 0);
    const holds = [count(check.businesses.length, 'shop'), count(entries, 'ledger entry'), count(members, 'member')];
    if (to === undefined) {
      say('It lies on the same machine, so tills keep everything. With --to and a folder elsewhere it counts as safe.');
    }
    return `Good: ${file} (${(bytes / 1e6).toFixed(1)} MB; ${holds.join(', ')}; chain and every balance checked)`;
  } finally {
    await db.destroy();
  }
});
