import { serve } from '@hono/node-server';
import { createApp } from '../src/server/app.ts';
import { readConfig } from '../src/server/config.ts';
import { createDeps } from '../src/server/createDeps.ts';
import { forBusiness } from '../src/server/store/connection/context.ts';
import { createPairingCode } from '../src/server/usecases/pair.ts';
import { NO_LIMITS, openShop } from './shop.ts';

/** A server in a process of its own, as it would be: `storm-server.ts <folder> <shops> <tills each>`. */
const [folder = '', shops = '1', each = '1'] = process.argv.slice(2);
const config = readConfig({ REGULARS_DATA: folder, REGULARS_LOG_LEVEL: 'error' });
if (!config.ok) throw new Error(config.problems.join());
const deps = await createDeps(config.config);
const codes: string[] = [];
for (let shop = 0; shop < Number(shops); shop++) {
  const name = `shop-${shop}`;
  await openShop(deps, name);
  for (let till = 0; till < Number(each); till++) {
    const options = { deviceName: 'Till', location: 'main' };
    codes.push((await forBusiness(name, () => createPairingCode(deps, name, options))).code);
  }
}
const app = createApp(deps, { rates: NO_LIMITS });
serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => {
  process.send?.({ url: `http://127.0.0.1:${port}`, codes });
});
process.on('disconnect', () => process.exit(0));
