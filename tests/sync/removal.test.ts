import { IDBFactory as FakeFactory } from 'fake-indexeddb';
import { expect, test } from 'vitest';
import { putDocument } from '../../src/server/store/documents.ts';
import { pinVerifier } from '../../src/server/usecases/office/pin.ts';
import { createPairingCode } from '../../src/server/usecases/pair.ts';
import { createTill } from '../../src/till/createTill.ts';
import type { Recording } from '../../src/till/till.ts';
import { tabHub, testPorts } from '../../src/till/testing/testPorts.ts';
import { coffee } from './acts.ts';
import { eachWorld } from './eachWorld.ts';
import { BUSINESS, type World } from './world.ts';

const PIN = '8351';

let world: World;
eachWorld(async (made) => {
  world = made;
  const boss = { id: 'boss', name: 'Boss', role: 'manager', active: true, pin: await pinVerifier(PIN) } as const;
  await putDocument(world.deps.db, BUSINESS, { kind: 'staff', id: boss.id, data: boss });
});

/** Two pages of one tablet; `hears` false: the word from one to the other gets lost. */
async function twoTabs(hears: boolean) {
  const factory = new FakeFactory();
  const hub = tabHub();
  const tab = (seed: number) => {
    const ports = testPorts(seed, { factory, hub: hears ? hub : tabHub() });
    Object.defineProperty(ports, 'time', { get: () => world.clock.now });
    ports.network = world.request;
    return { ports, till: createTill(ports, { loop: false }) };
  };
  const first = tab(1);
  await first.till.start();
  const { code } = await createPairingCode(world.deps, BUSINESS, { deviceName: 'Bar', location: 'main' });
  expect(await first.till.pair(code)).toEqual({ ok: true });
  const customer = await world.join();
  expect(await first.till.syncOnce()).toBe(true);
  const second = tab(2);
  expect(await second.till.start()).toBe('ready');
  const found = await second.till.identify(customer.text, 'camera');
  if (!found.ok) throw new Error('the card is not known');
  return { first, second, customer: found.customer };
}

for (const hears of [true, false]) {
  test(`a second tab, ${hears ? 'told' : 'not told'} of the removal, records nothing in the name of a till that is gone`, async () => {
    const { first, second, customer } = await twoTabs(hears);
    let meanwhile: Recording | null = null;
    first.ports.network = async (path, init) => {
      // The till is wiped, and says so to the server.
      const isWiped = path === '/sync/leave' && first.ports.marker.get() === null;
      if (isWiped) meanwhile = await second.till.record(customer, coffee(500));
      return world.request(path, init);
    };
    expect(await first.till.unpair(PIN)).toEqual({ ok: true });
    expect(meanwhile).toEqual({ ok: false, refusal: { kind: 'notSaved', because: 'notPaired' } });
    await first.till.close();
    await second.till.close();
  });
}
