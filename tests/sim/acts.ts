import type { Request } from '../../src/loyalty/decision.ts';
import type { Sale } from '../../src/loyalty/facts.ts';
import type { Recording } from '../../src/till/till.ts';
import { Violation } from './oracle/violation.ts';
import type { Page, Tablet } from './tablet.ts';
import type { World } from './world.ts';

/** Something that somebody does; it may go on while others begin. */
export type Act = (world: World) => Promise<unknown>;

const OPTIONS = { secondPurchase: true, approvedBy: 'manager', reason: 'it was asked for' };

/** What happens in a shop, by how often. */
export const ACTS: readonly (readonly [weight: number, name: string, act: Act])[] = [
  [30, 'sell', sell],
  [10, 'redeem', redeem],
  [6, 'undo', undo],
  [20, 'sync', (world) => sync(world, somePage(world))],
  [4, 'crash', crash],
  [4, 'open', (world) => reopen(world, world.rng.pick(world.tablets))],
  [5, 'network', network],
];

async function sell(world: World): Promise<void> {
  const page = somePage(world);
  if (page === null) return;
  const who = someone(world, page.tablet);
  const sale = saleOf(world, `sale-${(world.marks += 1)}`);
  await record(world, page, who, sale);
}

async function redeem(world: World): Promise<void> {
  const page = somePage(world);
  const { program } = page?.till.shop.get() ?? {};
  if (page === null || program === undefined || program.rewards.length === 0) return;
  const who = someone(world, page.tablet);
  if (who === null) return;
  await record(world, page, who, { kind: 'redeem', reward: world.rng.pick(program.rewards).id, voucher: null });
}

async function undo(world: World): Promise<void> {
  const page = somePage(world);
  if (page === null) return;
  const own = [...world.oracle.confirmed].filter(([, { tablet }]) => tablet.business === page.tablet.business);
  const target = own.at(-1 - world.rng.below(6))?.[0];
  if (target === undefined) return;
  await confirm(world, page, `takes ${short(target)} back`, page.till.undo(target, OPTIONS));
}

/** Asks for something at the counter, and holds the till to its word. */
async function record(world: World, page: Page, who: string | null, request: Request): Promise<void> {
  const credential = who === null || !who.startsWith('card:') ? null : ({ kind: 'static', id: who.slice(5) } as const);
  const customer = who === null ? null : await page.ask(page.till.customer(who, credential));
  if (!page.alive) return;
  arm(world, page);
  const recording = page.till.record(customer === null ? null : customer.value, request, OPTIONS);
  await confirm(world, page, `${request.kind} for ${who === null ? 'nobody' : short(who)}`, recording);
}

async function confirm(world: World, page: Page, what: string, recording: Promise<Recording>): Promise<void> {
  const done = await page.ask(recording);
  page.store.disarm();
  if (done === null) {
    world.tell(`${page.name} ${what}: gone before it could say`);
    return;
  }
  const { value } = done;
  if (!value.ok) {
    world.tell(`${page.name} ${what}: ${JSON.stringify(value.refusal)}`);
    world.count('refused by a rule');
    return;
  }
  world.tell(`${page.name} ${what}: done as ${short(value.event)}`);
  world.count('recorded');
  if (page.syncing) world.count('a page recorded while its push was under way');
  world.watch(() => {
    world.oracle.confirm(page.tablet, value.event);
    world.oracle.look();
  });
}

/** What goes wrong with the storage while this is done. */
function arm(world: World, page: Page): void {
  const { rng, plan } = world;
  const { crash: crashes, quota, connectionLost } = plan.rates;
  const point = rng.pick(['before', 'inside', 'inside', 'after'] as const);
  if (world.healed) return;
  if (rng.chance(crashes)) page.store.arm('crash', point, rng.below(3));
  else if (rng.chance(quota)) page.store.arm('quota', 'inside', rng.below(2));
  else if (rng.chance(connectionLost)) page.store.arm('lost', point, rng.below(3));
}

/** One round of sync of a page; its loop does that by itself where it runs. Gives whether it reached the server. */
export async function sync(world: World, page: Page | null): Promise<boolean> {
  if (page === null || !isPaired(page)) return false;
  if (page.loop) {
    page.wakers.forEach((wake) => wake());
    return true;
  }
  if (page.tablet.living.some((each) => each.syncing)) return false;
  page.syncing = true;
  if (world.rng.chance(0.5)) arm(world, page);
  try {
    const done = await page.ask(page.till.syncOnce());
    world.tell(`${page.name} synced: ${done === null ? 'gone' : done.value}`);
    return done?.value ?? false;
  } catch (error) {
    // The loop outlives these; so does whoever stands in for it.
    if (!isStoreError(error)) throw new Violation('no crash of the program', `${page.name} syncing: ${String(error)}`);
    world.tell(`${page.name} synced: ${error.name}`);
    return false;
  } finally {
    page.syncing = false;
    page.store.disarm();
  }
}

async function crash(world: World): Promise<void> {
  const page = somePage(world);
  if (page === null) return;
  world.tell(`${page.name} is killed`);
  page.crash();
}

/** Opens the app where it is not open. */
export async function reopen(world: World, tablet: Tablet): Promise<Page | null> {
  const [open] = tablet.living;
  if (open !== undefined) return open;
  const page = tablet.open(world.plan.loops);
  const started = await page.ask(page.till.start());
  if (started === null) return null;
  world.tell(`${page.name} opens: ${started.value}`);
  if (started.value !== 'ready') await pair(world, page);
  return page.alive ? page : null;
}

async function pair(world: World, page: Page): Promise<void> {
  const code = await world.codeFor(page.tablet);
  const paired = await page.ask(page.till.pair(code));
  world.tell(`${page.name} pairs: ${paired === null ? 'gone' : paired.value.ok ? 'done' : paired.value.reason}`);
}

async function network(world: World): Promise<void> {
  const tablet = world.rng.pick(world.tablets);
  if (world.offline.delete(tablet)) world.tell(`${tablet.name} has network again`);
  else {
    world.offline.add(tablet);
    world.tell(`${tablet.name} has no network`);
  }
}

function isPaired(page: Page): boolean {
  return !['starting', 'unpaired', 'evicted', 'storeLost'].includes(page.till.status.get().phase);
}

function somePage(world: World): Page | null {
  const pages = world.tablets.flatMap((tablet) => tablet.living).filter(isPaired);
  return pages.length === 0 ? null : world.rng.pick(pages);
}

/** A customer of this shop as the till meets them: by card or by name; sometimes somebody without a card. */
function someone(world: World, tablet: Tablet): string | null {
  const { rng } = world;
  const people = world.people.filter(({ business }) => business === tablet.business);
  if (people.length === 0 || rng.chance(0.05)) return null;
  const { member, card } = rng.pick(people);
  return member === null || rng.chance(0.5) ? `card:${card}` : member;
}

function saleOf(world: World, mark: string): Sale {
  const total = world.rng.between(50, 4000);
  const line = { product: null, category: 'coffee', quantity: world.rng.between(1, 3), amount: total, given: false };
  return { kind: 'sale', total, lines: [line], hour: 10, external: mark };
}

function isStoreError(error: unknown): error is Error {
  if (!(error instanceof Error) && !(error instanceof DOMException)) return false;
  return /AbortError|DatabaseClosed|InvalidState|UnknownError|QuotaExceeded|TransactionInactive|OpenFailed/.test(
    `${error.name} ${String(error)}`,
  );
}

function short(id: string): string {
  return id.slice(0, 5) === 'card:' ? id.slice(0, 13) : id.slice(-6);
}
