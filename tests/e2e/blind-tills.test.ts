import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { till as words } from '../../src/i18n/en/till.ts';
import type { CardDocument } from '../../src/protocol/card/cardDocument.ts';
import type { OfficeTill } from '../../src/protocol/office/officeApi.ts';
import { writeClip } from './clips/clip.ts';
import { openShop, until, type Shop } from './harness.ts';
import { BARISTA, joinByPhone, MANAGER, setUpShop, type Office, type PhoneCustomer } from './shop.ts';
import { makeTablet, type Tablet } from './tablet.ts';
import { openTill, readyForFlight, type TillScreen } from './till.ts';

/**
 * Two tills that cannot see each other do the same things to the same customer, through the real camera: both add the
 * stamp that fills the card, both give its one gift away, and both take the same sale back. What was handed over stands,
 * and the owner is told what it cost, where and by whom; what was taken back counts once.
 */
const LANDSCAPE = { viewport: { width: 1180, height: 820 }, locale: 'en-GB' };
const SECOND_BARISTA = { name: 'Dani', pin: '6183' };
const GIFT_COST = 450;

interface Counter {
  readonly name: string;
  readonly person: { readonly name: string; readonly pin: string };
  readonly tablet: Tablet;
  till: TillScreen;
}

const scratch = mkdtempSync(join(tmpdir(), 'regulars-blind-'));
const clip = join(scratch, 'nora.y4m');

let shop: Shop;
let office: Office;
let nora: PhoneCustomer;
const counters: Counter[] = [];

beforeAll(async () => {
  shop = await openShop('live');
  office = await setUpShop(shop);
  await office.send('POST', '/staff', { ...SECOND_BARISTA, role: 'staff' });
  nora = await joinByPhone(shop, office, 'Kelemen Nóra');
  // She holds her phone still for five seconds and puts it away for two minutes, so that no second scan comes between.
  const scene = { text: nora.qr, kind: 'dimPhone', frames: 20, blankFramesBefore: 4 } as const;
  writeClip(clip, { seed: 11, fps: 2, scenes: [scene], blankFramesAfter: 240 });
  for (const [name, person] of [
    ['Counter 1', BARISTA],
    ['Counter 2', SECOND_BARISTA],
  ] as const) {
    const tablet = makeTablet(LANDSCAPE);
    const till = await openTill(await tablet.open(), shop, `#pair=${await office.pairingCode(name)}`);
    counters.push({ name, person, tablet, till });
  }
});

afterAll(async () => {
  for (const { tablet } of counters) await tablet.dispose();
  await shop?.dispose();
  rmSync(scratch, { recursive: true, force: true });
});

afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return;
  const name = task.name.replaceAll(/\W+/g, '-').slice(0, 60);
  for (const { till } of counters) {
    const path = `.cache/e2e/${name}-${counters.findIndex((one) => one.till === till) + 1}.png`;
    await till.page.screenshot({ path }).catch(() => undefined);
  }
});

const pick = (at: 0 | 1): Counter => {
  const counter = counters[at];
  if (!counter) throw new Error('no such counter');
  return counter;
};

/** Closes the till's browser and opens it again before a camera that sees the customer. */
async function reopen(counter: Counter, seen?: string): Promise<TillScreen> {
  await counter.till.page.context().close();
  counter.till = await openTill(await counter.tablet.open(seen), shop);
  await counter.till.signIn(counter.person);
  return counter.till;
}

const isOnline = async ({ till }: Counter) => /^Online$/.test(await till.connection());

it('pairs two tills, and both know the card with two stamps', async () => {
  for (const counter of counters) {
    const { till } = counter;
    await till.page.getByRole('button', { name: words.start.connect }).click();
    await till.signIn(counter.person);
    await readyForFlight(till.page);
  }
  const till = await reopen(pick(0), clip);
  await till.served(nora.name);
  await till.record();
  await till.page.getByRole('button', { name: words.counter.open({ name: nora.name }) }).click();
  await till.record();
  await until(async () => (await nora.card()).gseq >= 4, 'both stamps on the server');
  for (const counter of counters) await until(() => isOnline(counter), `${counter.name} to be online, all sent`);
  expect(stampsOf(await nora.card())).toBe(2);
});

it('lets both fill the same card and give its gift away while the server is gone', async () => {
  await shop.stop();
  for (const counter of counters) {
    const till = await reopen(counter, clip);
    await till.served(nora.name);
    expect(await till.at('stamps').innerText()).toContain('2 of 3');
    await till.record();
    expect(await till.at('done').innerText()).toContain('2 → 3');
    await till.giveWithManager();
    expect(await till.at('redemption').innerText()).toContain('Gift coffee');
    await till.at('redemption-done').click();
    await until(async () => /Offline · 2 stored/.test(await till.connection()), 'the sale and the gift to be unsent');
  }
});

it('brings both together: everything once, one gift fired, one exception with till, person and cost', async () => {
  await shop.start();
  for (const counter of counters) await until(() => isOnline(counter), `${counter.name} to have sent all`, 120_000);

  const ledger = await office.ledger();
  const own = ledger.filter(({ event }) => event.device !== 'server');
  expect(new Set(own.map(({ event }) => event.id)).size).toBe(own.length);
  expect(ledger.map((line) => line.gseq)).toEqual(ledger.map((_, at) => at + 1));
  const tills = await office.get<readonly OfficeTill[]>('/tills');
  const kindsAt = (name: string) => {
    const device = tills.find((one) => one.name === name)?.id;
    return own.filter(({ event }) => event.device === device).map(({ event }) => [event.seq, event.fact.kind]);
  };
  expect(kindsAt('Counter 1')).toEqual([
    [1, 'sale'],
    [2, 'sale'],
    [3, 'sale'],
    [4, 'redeemed'],
  ]);
  expect(kindsAt('Counter 2')).toEqual([
    [1, 'sale'],
    [2, 'redeemed'],
  ]);
  const issued = ledger.flatMap(({ booked }) => booked.filter((effect) => effect.kind === 'issue'));
  expect(issued).toHaveLength(1);

  // Whoever came second gave something away that was gone.
  const gave = own.filter(({ event }) => event.fact.kind === 'redeemed').map(({ event }) => event.device);
  const [first, second] = gave.map((device) => {
    const till = tills.find((one) => one.id === device)?.name;
    return { till, staff: counters.find((one) => one.name === till)?.person.name };
  });
  const today = await office.today();
  expect(today.exceptions.filter((one) => one.kind === 'doubleRedemption')).toMatchObject([
    { kind: 'doubleRedemption', ...second, other: first, member: nora.name, cost: GIFT_COST, closed: false },
  ]);
  // Four stamps in a day are worth a look as well; they cost nothing.
  expect(today.exceptions.map((one) => one.kind).toSorted()).toEqual(['doubleRedemption', 'earnedTooOften']);
  expect(today.exceptionCost).toBe(GIFT_COST);
  expect(today.redemptions.map((line) => [line.till, line.staff]).toSorted()).toEqual([
    ['Counter 1', BARISTA.name],
    ['Counter 2', SECOND_BARISTA.name],
  ]);

  for (const { till } of counters) {
    await till.at('today').click();
    const exceptions = till.at('today-page').getByRole('listitem').filter({ hasText: EXCEPTION });
    await exceptions.first().waitFor();
    expect(await exceptions.count()).toBe(1);
    const said = (await exceptions.innerText()).replaceAll(/\s/g, ' ');
    for (const part of [second?.till, second?.staff, '450 Ft']) expect(said).toContain(part);
    await till.at('today-back').click();
  }
});

it('shows the customer the same on both tills and on the phone', async () => {
  const card = await nora.card();
  // Four stamps were given: three became the gift, one is on the next card. No gift waits any more.
  expect(stampsOf(card)).toBe(1);
  expect(card.state.vouchers.map(({ status }) => status)).toEqual(['consumed']);
  for (const { till } of counters) {
    await till.page.getByRole('button', { name: words.counter.open({ name: nora.name }) }).click();
    await till.served(nora.name);
    await until(async () => (await till.at('stamps').innerText()).startsWith('1 of 3'), 'one stamp on the next card');
    expect(await till.at('give').count()).toBe(0);
    expect(await till.at('balance-points').innerText()).toContain(String(pointsOf(card)));
  }
});

it('takes a sale back once, though both tills do it while they cannot see each other', async () => {
  await shop.stop();
  for (const { till } of counters) {
    await till.at('today').click();
    const newest = till.at('latest-sales').getByRole('listitem').first();
    await newest.getByRole('button').click();
    await till.at('manager-sheet').or(newest.getByText(words.today.undone)).first().waitFor();
    if (await till.at('manager-sheet').isVisible()) {
      await till.page.getByLabel(words.manager.reason).fill('wrong customer');
      await till.page.getByLabel(words.manager.pin).focus();
      await till.page.keyboard.type(MANAGER.pin, { delay: 60 });
      await till.page.keyboard.press('Enter');
    }
    await newest.getByText(words.today.undone).waitFor();
    await till.at('today-back').click();
  }
  await shop.start();
  for (const counter of counters) await until(() => isOnline(counter), `${counter.name} to have sent all`, 120_000);
  const ledger = await office.ledger();
  expect(ledger.filter(({ event }) => event.fact.kind === 'voided')).toHaveLength(2);
  // Two voids, one stamp less.
  expect(stampsOf(await nora.card())).toBe(0);
  expect((await office.today()).sales.count).toBe(3);
  for (const { till } of counters) {
    await till.page.getByRole('button', { name: words.counter.open({ name: nora.name }) }).click();
    await until(async () => (await till.at('stamps').innerText()).startsWith('0 of 3'), 'the stamp to be gone');
  }
});

const EXCEPTION = words.exceptions.doubleRedemption;

const stampsOf = (card: CardDocument) => balanceOf(card, 'card');
const pointsOf = (card: CardDocument) => balanceOf(card, 'points');

function balanceOf({ state }: CardDocument, unit: string): number {
  return state.lots.filter((lot) => lot.unit === unit).reduce((sum, lot) => sum + lot.left, 0);
}
