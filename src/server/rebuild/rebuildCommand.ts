import { count, runCommand } from '../backup/command.ts';
import { faultText } from '../backup/checkBackup.ts';
import { BackupProblem } from '../backup/format.ts';
import { everySecond } from '../backup/makeBackup.ts';
import { createDeps } from '../createDeps.ts';
import { listBusinesses } from '../store/businesses.ts';
import { forBusiness } from '../store/connection/context.ts';
import { checkBalances } from './checkBalances.ts';

/** `npm run rebuild [-- --repair]`, also while the server runs. */
await runCommand({ repair: false }, async (config, { flags }, say) => {
  const repair = flags.has('repair');
  const deps = await createDeps(config);
  const wrong: string[] = [];
  const lines: string[] = [];
  try {
    for (const business of await listBusinesses(deps.db)) {
      const tell = everySecond(say, `ledger entries of ${business} folded`);
      const check = await forBusiness(business, () =>
        checkBalances(deps, business, { repair, account: null, progress: tell }),
      );
      const { members, entries, seconds, differing, listed, repaired, fault, shares } = check;
      if (fault) wrong.push(`${business}: ${faultText(fault)}`);
      if (differing > repaired) wrong.push(`${business}: ${count(differing, 'balance')} differ: ${listed.join(', ')}`);
      if (shares && shares.differing > shares.repaired) {
        wrong.push(`${business}: ${count(shares.differing, 'pool')} of shares differ: ${shares.listed.join(', ')}`);
      }
      const what = `${count(members, 'member')}, ${count(entries, 'ledger entry')}, ${seconds} s`;
      const all = differing + (shares?.differing ?? 0);
      const mended = repaired + (shares?.repaired ?? 0);
      lines.push(`${business}: difference ${all}${mended > 0 ? `, repaired ${mended}` : ''} (${what})`);
    }
  } finally {
    await deps.db.destroy();
  }
  if (wrong.length > 0) throw new BackupProblem([...lines, ...wrong].join('\n'));
  return lines.length === 0 ? 'There is no shop in this database.' : lines.join('\n');
});
