import { expect, test } from 'vitest';
import { listDocuments } from '../../src/server/store/documents.ts';
import { nextOwnerCode } from '../../src/server/usecases/ownerCodes.ts';
import { coffee, scan, sell } from './acts.ts';
import { eachWorld } from './eachWorld.ts';
import { BUSINESS, type Tablet, type World } from './world.ts';

let world: World;
let bar: Tablet;
let text: string;

/** A till without network, a customer with a printed (or copied) card, and nobody with a manager's PIN. */
eachWorld(async (made) => {
  world = made;
  bar = await world.tablet('Bar', 1);
  ({ text } = await world.join());
  await bar.till.syncOnce();
  await sell(bar, text, coffee(500_000));
  await bar.till.syncOnce();
  bar.online(false);
  // It notices at the next try.
  await bar.till.syncOnce();
});

type Options = NonNullable<Parameters<Tablet['till']['record']>[2]>;

async function redeem(options: Options = {}): Promise<string> {
  const request = { kind: 'redeem', reward: 'coffee', voucher: null } as const;
  const answer = await bar.till.record(await scan(bar, text), request, options);
  if (answer.ok) return 'given';
  const { refusal } = answer;
  return refusal.kind === 'managerNeeded' ? `${refusal.because}, ${refusal.ownWord} left` : refusal.kind;
}

const kinds = async () => (await listDocuments(world.deps.db, BUSINESS, 'exception')).map((one) => one.kind).sort();
const code = () => nextOwnerCode(world.deps, BUSINESS, bar.till.shop.get()?.device.id ?? '');

async function sync(): Promise<void> {
  bar.online(true);
  await bar.till.syncOnce();
}

test('goes on by the own word, as often as the owner allows in a day, and the owner sees each', async () => {
  const ownWord = { goOn: { kind: 'ownWord' } } as const;
  expect(await redeem()).toBe('weakCredential, 2 left');
  expect([await redeem(ownWord), await redeem(ownWord), await redeem(ownWord)]).toEqual([
    'given',
    'given',
    'weakCredential, 0 left',
  ]);
  await sync();
  expect(await kinds()).toEqual(['managerQuota', 'managerQuota']);
});

test('goes on with a code that the owner reads out: once, offline, guessed by nobody', async () => {
  const first = await code();
  if (first === null) throw new Error('no code');
  expect(first).toMatch(/^\d{8}$/);
  const wrong = first.startsWith('0') ? `1${first.slice(1)}` : `0${first.slice(1)}`;
  expect(await bar.till.checkOwnerCode(wrong)).toMatchObject({ ok: false, reason: 'wrongPin' });
  const checked = await bar.till.checkOwnerCode(first);
  expect(checked).toEqual({ ok: true, n: 1 });
  expect(await redeem({ goOn: { kind: 'ownerCode', n: 1 } })).toBe('given');
  expect(await bar.till.checkOwnerCode(first)).toMatchObject({ ok: false });
  const second = await code();
  expect(second).not.toBe(first);
  expect(await bar.till.checkOwnerCode(second ?? '')).toEqual({ ok: true, n: 2 });
  await sync();
  expect(await kinds()).toEqual([]);
  await bar.till.syncOnce();
  const [held] = await listDocuments(world.deps.db, BUSINESS, 'ownerCodes');
  expect(held).toMatchObject({ used: 1, given: 2 });
  expect(held?.codes.map(({ n }) => n)).toEqual([2, 3, 4, 5]);
});

test('a till that gave what its policies refuse, or took a code that nobody was shown, is found by the server', async () => {
  // As if its screen had forgotten to ask: nobody has read out the third code.
  expect(await redeem({ goOn: { kind: 'ownerCode', n: 3 } })).toBe('given');
  await sync();
  expect(await kinds()).toEqual(['beyondPolicy']);
});
