import { Hono } from 'hono';
import { pairRequestSchema } from '../../protocol/schemas/requestSchemas.ts';
import type { Deps } from '../deps.ts';
import { addressOf } from '../http/address.ts';
import { failure, tooMany } from '../http/answers.ts';
import { parseJson, readBody } from '../http/body.ts';
import { createLimiter, type Rates } from '../http/limiter.ts';
import type { Verify } from '../http/verifier.ts';
import { pairDevice } from '../usecases/pair.ts';

/**
 * `POST /pair`: a till redeems its one-time code. Only wrong codes are counted against an address: each try is counted before
 * it is judged, so that many at once are no way around it, and what was right is given back.
 */
export function pairRoutes(deps: Deps, rates: Rates, verify: Verify): Hono {
  const app = new Hono();
  const byAddress = createLimiter(rates.pairing, deps.clock);
  const all = createLimiter(rates.pairingAll, deps.clock);
  app.post('/pair', async (c) => {
    c.header('Cache-Control', 'no-store');
    const address = addressOf(c, deps.config);
    const wait = Math.max(byAddress.peek(address), all.peek('')) || Math.max(byAddress.take(address), all.take(''));
    if (wait > 0) return tooMany(c, deps.clock, wait);
    const countsNot = () => {
      byAddress.give(address);
      all.give('');
    };
    const body = await readBody(c, 4096);
    const request = body === null ? null : parseJson(body, pairRequestSchema);
    if (!request) {
      countsNot();
      return failure(c, deps.clock, 'badRequest', 'This is not a pairing request.');
    }
    const answer = await pairDevice(deps, request, verify);
    if (answer) {
      countsNot();
      return c.json(answer);
    }
    return failure(c, deps.clock, 'forbidden', 'The code is wrong, used or too old.');
  });
  return app;
}
