import { Hono } from 'hono';
import type { BalanceCheckLine } from '../../protocol/office/officeApi.ts';
import { balanceCheckBody } from '../../protocol/office/officeBodies.ts';
import type { Deps } from '../deps.ts';
import { failure } from '../http/answers.ts';
import { readOfficeBody } from '../http/officeGuard.ts';
import type { OfficeEnv } from '../http/officeGuard.ts';
import { checkBalances, lastCheck } from '../rebuild/checkBalances.ts';
import { keepContext } from '../store/connection/context.ts';

/** Every balance worked out again from the ledger, with its progress while it works. */
export function officeBalances(deps: Deps): Hono<OfficeEnv> {
  const app = new Hono<OfficeEnv>();
  app.get('/balances', async (c) => c.json(await lastCheck(deps, c.get('session').business)));
  app.post('/balances/check', async (c) => {
    const body = await readOfficeBody(c, balanceCheckBody);
    if (!body) return failure(c, deps.clock, 'badRequest', 'Say whether to repair.');
    const { business, account } = c.get('session');
    const here = keepContext();
    const encoder = new TextEncoder();
    const stream = new ReadableStream<Uint8Array>({
      start: async (controller) => {
        let open = true;
        const say = (line: BalanceCheckLine): void => {
          // Whoever asked may be gone; the check is recorded all the same.
          if (open) controller.enqueue(encoder.encode(`${JSON.stringify(line)}\n`));
        };
        c.req.raw.signal.addEventListener('abort', () => {
          open = false;
        });
        try {
          const options = { ...body, account, progress: (done: number, of: number) => say({ done, of }) };
          say({ check: await here(() => checkBalances(deps, business, options)) });
        } catch (error) {
          deps.log.error({ err: error }, 'balances could not be checked');
          say({ failed: true });
        }
        if (open) controller.close();
      },
    });
    c.header('Content-Type', 'application/x-ndjson');
    return c.body(stream);
  });
  return app;
}
