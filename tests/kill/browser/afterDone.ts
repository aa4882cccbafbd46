import { until } from '../../e2e/harness.ts';
import type { Row } from '../row.ts';
import { type Counter, type OpenOptions, openCounter } from './counter.ts';

export interface AfterDoneRun extends Pick<OpenOptions, 'before'> {
  readonly kills: number;
  readonly say: (line: string) => void;
}

/**
 * The browser is killed at the moment at which "done" is on the screen, over and over: half of the time without a server.
 * After each start every confirmed sale is in the till's database, once; in the end each is on the server, once.
 */
export async function killAfterDone({ kills, say, before }: AfterDoneRun): Promise<Row> {
  const counter = await openCounter();
  const problems: string[] = [];
  let run = 0;
  try {
    let online = true;
    while (run < kills && problems.length === 0) {
      if (online && run >= kills / 2) {
        await counter.shop.stop();
        online = false;
      }
      const { till } = await counter.open(before && { before });
      await till.at('staff').first().waitFor();
      const stored = await counter.sales(till);
      if (stored.length !== run) problems.push(`${run} sales were confirmed, ${stored.length} are there`);
      await counter.sell(till);
      await counter.kill();
      run += 1;
      if (run % 20 === 0) say(`browser: ${run} of ${kills} kills`);
    }
    if (problems.length === 0) problems.push(...(await lastLook(counter, run, online)));
  } finally {
    await counter.close();
  }
  return { kill: 'browser.afterDone', run, failed: problems.length === 0 ? 0 : 1, problems };
}

async function lastLook(counter: Counter, confirmed: number, online: boolean): Promise<readonly string[]> {
  if (!online) await counter.shop.start();
  const { context, till } = await counter.open();
  await till.at('staff').first().waitFor();
  await until(async () => /^Online$/.test(await till.connection()), 'everything to be sent');
  const own = (await counter.sales(till)).map((event) => event.id);
  await context.close();
  const problems = own.length === confirmed ? [] : [`${confirmed} sales were confirmed, ${own.length} are there`];
  const ledger = (await counter.office.ledger()).map(({ event }) => event.id);
  for (const id of own) {
    const times = ledger.filter((one) => one === id).length;
    if (times !== 1) problems.push(`sale ${id} is ${times} times on the server`);
  }
  return problems;
}
