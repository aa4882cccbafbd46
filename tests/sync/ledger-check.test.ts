import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkBalances, lastCheck } from '../../src/server/rebuild/checkBalances.ts';
import { eraseMember } from '../../src/server/usecases/eraseMember.ts';
import { exportNdjson } from '../../src/server/usecases/office/export/exportLedger.ts';
import { coffee, memberState, redeem, sell } from './acts.ts';
import { BUSINESS, makeWorld, type World } from './world.ts';

let world: World;
let folder: string;
beforeEach(async () => {
  world = await makeWorld();
  folder = mkdtempSync(join(tmpdir(), 'regulars-verify-'));
});
afterEach(async () => {
  await world.end();
  rmSync(folder, { recursive: true });
});

/** Two tills, a copy of one, a restored past: what a ledger has seen in years. */
async function history() {
  const [bar, door] = [await world.tablet('Bar', 1), await world.tablet('Door', 2)];
  const customer = await world.join();
  for (const tablet of [bar, door]) await tablet.till.syncOnce();
  for (const total of [1000, 2000, 3000]) await sell(bar, customer.text, coffee(total));
  await bar.till.syncOnce();
  const copy = await world.copyOf(bar, 3);
  for (const tablet of [bar, copy]) await sell(tablet, customer.text, coffee(700));
  for (const tablet of [bar, copy, door]) await tablet.till.syncOnce();
  await redeem(door, customer.text, 'gift');
  await door.till.syncOnce();
  const other = await world.join();
  await eraseMember(world.deps, BUSINESS, other.member, null);
  return customer;
}

async function lines(): Promise<string[]> {
  let text = '';
  for await (const part of exportNdjson(world.deps, BUSINESS)) text += part;
  return text.trimEnd().split('\n');
}

function verify(exported: readonly string[]) {
  const file = join(folder, 'ledger.ndjson');
  writeFileSync(file, `${exported.join('\n')}\n`);
  const run = spawnSync(process.execPath, ['public/verify-ledger.mjs', file], { encoding: 'utf8' });
  return { status: run.status, text: run.stdout + run.stderr };
}

const check = (repair = false) => checkBalances(world.deps, BUSINESS, { repair, account: null, progress: () => {} });

test('the script without dependencies finds an exported ledger whole, and ends with the chain that the office shows', async () => {
  await history();
  const all = await lines();
  const { status, text } = verify(all);
  expect(text).toContain(`${all.length} entries`);
  expect(text).toContain((await check()).chain);
  expect(status).toBe(0);
});

test('one byte, a line that is missing, two lines that changed places: each is found', async () => {
  await history();
  const all = await lines();
  const [third = '', fourth = ''] = all.slice(2, 4);
  const changed = third.replace('\\"total\\":1000', '\\"total\\":9000');
  expect(changed).not.toBe(third);
  const hidden = { ...(JSON.parse(changed) as { hash: string }), hash: 'a'.repeat(64) };
  const wrong: readonly (readonly [string, readonly string[]])[] = [
    ['changed', all.with(2, changed)],
    ['changed', all.with(2, JSON.stringify(hidden))],
    ['must follow', all.toSpliced(2, 1)],
    ['must follow', all.with(2, fourth).with(3, third)],
    ['must follow', all.slice(1)],
    ['not an entry', all.with(2, third.slice(0, -3))],
  ];
  for (const [word, exported] of wrong) {
    const { status, text } = verify(exported);
    expect([status, text]).toEqual([1, expect.stringContaining(word)]);
  }
});

test('a ledger that was written anew from some entry on has another chain', async () => {
  await history();
  const all = await lines();
  const { chain } = await check();
  const { status, text } = verify(all.slice(0, -1));
  expect(status).toBe(0);
  expect(text).not.toContain(chain);
});

test('every balance follows from the ledger; one that does not is found, and mended only where that is asked for', async () => {
  const customer = await history();
  const right = await memberState(world, customer.member);
  expect(await check()).toMatchObject({ differing: 0, listed: [], fault: null, members: 2 });
  const state = JSON.stringify({ ...right, lots: [] });
  const members = () => world.deps.db.updateTable('members').where('member', '=', customer.member);
  await members().set({ state }).execute();
  expect(await check()).toMatchObject({ differing: 1, listed: [customer.member], repaired: 0 });
  expect(await memberState(world, customer.member)).not.toEqual(right);
  expect(await check(true)).toMatchObject({ differing: 1, repaired: 1 });
  expect(await memberState(world, customer.member)).toEqual(right);
  await world.deps.db.deleteFrom('members').where('member', '=', customer.member).execute();
  expect(await check(true)).toMatchObject({ differing: 1, repaired: 1 });
  expect(await memberState(world, customer.member)).toEqual(right);
  world.clock.now += 1000;
  expect(await check()).toMatchObject({ differing: 0 });
  expect(await lastCheck(world.deps, BUSINESS)).toMatchObject({ differing: 0, at: world.clock.now });
  expect(await world.deps.db.selectFrom('balance_checks').selectAll().execute()).toHaveLength(5);
});

test('damage to the ledger itself is named where it begins', async () => {
  await history();
  const events = () => world.deps.db.updateTable('events').where('gseq', '=', 4);
  const [row] = await world.deps.db.selectFrom('events').selectAll().where('gseq', '=', 4).execute();
  await events()
    .set({ bytes: `${row?.bytes} ` })
    .execute();
  expect((await check()).fault).toEqual({ gseq: 4, fault: 'changed' });
  await events()
    .set({ bytes: row?.bytes ?? '', chain: 'b'.repeat(64) })
    .execute();
  expect((await check()).fault).toEqual({ gseq: 4, fault: 'chain' });
  await world.deps.db.deleteFrom('events').where('gseq', '=', 4).execute();
  expect((await check()).fault).toEqual({ gseq: 4, fault: 'missing' });
});
