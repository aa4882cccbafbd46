import { cpSync, rmSync } from 'node:fs';
import { makeProfile, until } from '../../e2e/harness.ts';
import { BARISTA } from '../../e2e/shop.ts';
import type { Row } from '../row.ts';
import { openCounter } from './counter.ts';

/**
 * A tablet's storage is copied while the till is selling, and both go on: what each of them confirmed reaches the server
 * once, and the owner is told that there are two.
 */
export async function sellFromClone(): Promise<Row> {
  const counter = await openCounter();
  const twin = makeProfile({ viewport: { width: 1180, height: 820 }, locale: 'en-GB' });
  const problems: string[] = [];
  try {
    await counter.shop.stop();
    const original = await counter.open();
    await counter.sell(original.till);
    // As a backup program would do it: no matter that the browser has the files open.
    cpSync(counter.profile.folder, twin.folder, { recursive: true, filter: (path) => !path.includes('Singleton') });
    await counter.kill();

    const confirmed = new Set<string>();
    for (const profile of [counter.profile, twin]) {
      const { till } = await counter.open({ profile });
      await till.at('staff').filter({ hasText: BARISTA.name }).waitFor();
      await counter.sell(till);
      for (const event of await counter.sales(till)) confirmed.add(event.id);
      await counter.kill(profile);
    }
    if (confirmed.size !== 3) problems.push(`one common sale and one of each make 3, not ${confirmed.size}`);

    await counter.shop.start();
    for (const profile of [counter.profile, twin]) {
      const { context, till } = await counter.open({ profile });
      await till.at('staff').first().waitFor();
      await until(async () => /^Online$/.test(await till.connection()), 'everything to be sent');
      await context.close();
    }
    const ledger = (await counter.office.ledger()).map(({ event }) => event.id);
    for (const id of confirmed) {
      const times = ledger.filter((one) => one === id).length;
      if (times !== 1) problems.push(`sale ${id} is ${times} times on the server`);
    }
    const { exceptions } = await counter.office.today();
    if (!exceptions.some(({ kind }) => kind === 'fork'))
      problems.push('the owner is not told that the till has a copy');
  } finally {
    twin.dispose();
    await counter.close();
    rmSync(twin.folder, { recursive: true, force: true });
  }
  return { kill: 'browser.cloned', run: 1, failed: problems.length === 0 ? 0 : 1, problems };
}
