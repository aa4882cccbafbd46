import { randomBytes } from 'node:crypto';
import { uuidV7 } from '../../protocol/ids.ts';
import { count, runCommand } from './command.ts';
import { BackupProblem } from './format.ts';
import { restoreBackup } from './restoreBackup.ts';

const USAGE = 'npm run restore -- <backup file> [--replace] [--keys <key file>] [--without-personal-data]';

/** `npm run restore -- <backup>`, while the server is stopped. */
await runCommand(
  { replace: false, keys: true, 'without-personal-data': false },
  async (config, { flags, rest }, say) => {
    const [file] = rest;
    if (file === undefined || rest.length > 1) throw new BackupProblem(USAGE);
    const now = Date.now();
    const { check, erased, aside } = await restoreBackup({
      config,
      file,
      keyFile: flags.get('keys') ?? null,
      withoutKeys: flags.has('without-personal-data'),
      replace: flags.has('replace'),
      epoch: uuidV7(now, new Uint8Array(randomBytes(10))),
      now,
      say,
    });
    const made = new Date(check.header.at).toISOString().slice(0, 16).replace('T', ' ');
    if (aside !== null) say(`The database before is kept as ${aside}.`);
    if (erased > 0) say(`${count(erased, 'member')} had been erased since, and stay so.`);
    say(`What was changed in the office after ${made} UTC (staff, settings, revoked tills) must be done again.`);
    const members = check.businesses.reduce((sum, one) => sum + one.members, 0);
    return `Restored: ${count(check.businesses.length, 'shop')} and ${count(members, 'member')} as of ${made} UTC. Start the server; tills bring what came after.`;
  },
  false,
);
