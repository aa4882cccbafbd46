import { Violation } from '../oracle/violation.ts';
import type { Page, Tablet } from '../tablet.ts';
import type { World } from '../world.ts';
import { isStoreError } from '../storeErrors.ts';
import { type Act, isPaired, somePage } from './choose.ts';
import { arm } from './record.ts';

export const syncSome: Act = (world) => sync(world, somePage(world));

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
    const why = page.till.status.get().lastError ?? '';
    world.tell(`${page.name} synced: ${done === null ? 'gone' : done.value} ${why}`);
    return done?.value ?? false;
  } catch (error) {
    // The loop outlives these; so does whoever stands in for it.
    if (!isStoreError(error)) throw new Violation('no crash of the program', `${page.name} syncing: ${textOf(error)}`);
    world.tell(`${page.name} synced: ${error.name}`);
    return false;
  } finally {
    page.syncing = false;
    page.store.disarm();
  }
}

export const openSome: Act = (world) => open(world, world.rng.pick(world.tablets));

/** Opens the app where it is not open, and pairs it where it must be. */
export async function open(world: World, tablet: Tablet): Promise<Page | null> {
  const [there] = tablet.living;
  if (there !== undefined || tablet.isAway) return there ?? null;
  const page = tablet.open(world.plan.loops);
  return (await start(world, page)) ? page : null;
}

/** Gives whether the page lives. */
export async function start(world: World, page: Page): Promise<boolean> {
  arm(world, page);
  const started = await page.ask(page.till.start()).catch((error: unknown) => {
    if (!isStoreError(error)) throw error;
    world.tell(`${page.name} cannot open: ${error.name}`);
    return null;
  });
  page.store.disarm();
  if (started === null) {
    // Whoever stands before a page that did not open loads it again.
    page.crash();
    return false;
  }
  world.tell(`${page.name} opens: ${started.value}`);
  if (started.value !== 'ready' && page.till.status.get().phase !== 'storeLost') await pair(world, page);
  return page.alive;
}

/** The office gives a one-time code, and somebody types it. */
export async function pair(world: World, page: Page): Promise<void> {
  const code = await world.codeFor(page.tablet);
  if (code === null) return;
  arm(world, page);
  const paired = await page.ask(page.till.pair(code));
  page.store.disarm();
  world.tell(`${page.name} pairs: ${paired === null ? 'gone' : paired.value.ok ? 'done' : paired.value.reason}`);
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
