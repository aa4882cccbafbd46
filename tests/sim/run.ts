import { ACTS } from './acts/all.ts';
import { shares } from './acts/office.ts';
import { open, pair, sync } from './acts/sync.ts';
import type { Counters } from './counters.ts';
import { must, Violation } from './oracle/violation.ts';
import { planOf } from './plan.ts';
import { rngOf } from './rng.ts';
import { BUSINESSES, preparedDatabase } from './shops.ts';
import { time } from './virtualTime.ts';
import { World } from './world.ts';

/** How one seed ended. */
export interface Outcome {
  readonly seed: number;
  readonly ok: boolean;
  readonly invariant: string | null;
  readonly message: string | null;
  /** Hash of everything that happened: the same seed gives the same, always. */
  readonly trace: string;
  readonly steps: number;
  readonly story: readonly string[];
}

const STEPS = 400_000;
const ROUNDS = 12;

/**
 * Runs one seed, from its plan to the healed world.
 * @param stray what was thrown where nobody listens
 */
export async function runSeed(
  seed: number,
  counters: Counters,
  keepsStory: boolean,
  stray: () => unknown,
): Promise<Outcome> {
  const rng = rngOf(seed);
  const plan = planOf(rng.fork('plan'));
  const bytes = await preparedDatabase();
  time.begin(rng.fork('time'), plan.hurry);
  const world = new World(seed, plan, bytes, counters, keepsStory);
  world.tell(`seed ${seed}: ${JSON.stringify(plan)}`);
  let over = false;
  const story = live(world).then(
    () => (over = true),
    (error: unknown) => {
      world.fault ??= error;
    },
  );
  const end = await time.run(() => over || (world.fault ??= stray()) !== null, { steps: STEPS });
  world.watch(() => must(end === 'done', 'settles', () => `after ${time.steps} steps it is ${end}`));
  if (world.fault === null) await story;
  const { fault } = world;
  const trace = world.trace();
  await world.end();
  return {
    seed,
    ok: fault === null,
    invariant: fault === null ? null : fault instanceof Violation ? fault.invariant : 'no crash of the program',
    message: fault === null ? null : fault instanceof Violation ? fault.message : messageOf(fault),
    trace,
    steps: time.steps,
    story: world.story,
  };
}

async function live(world: World): Promise<void> {
  const { rng, plan } = world;
  await begin(world);
  const running = new Set<Promise<void>>();
  const acts = ACTS.filter(({ rare }) => !rare || rng.chance(plan.rarity));
  const weights = acts.reduce((sum, { weight }) => sum + weight, 0);
  for (let n = 0; n < plan.acts; n++) {
    let left = rng.below(weights);
    const { act } = acts.find(({ weight }) => (left -= weight) < 0) ?? { act: async () => undefined };
    const doing = act(world).then(
      () => world.watch(() => world.oracle.look()),
      (error: unknown) => {
        world.fault ??= error;
      },
    );
    running.add(doing);
    void doing.finally(() => running.delete(doing));
    if (rng.chance(0.4)) await doing;
    await time.sleep(pause(world));
  }
  await Promise.all(running);
  await heal(world);
}

/** Tills are paired and customers known before things begin to go wrong. */
async function begin(world: World): Promise<void> {
  const { plan, network } = world;
  const { rates } = network;
  network.rates = Object.fromEntries(Object.keys(rates).map((name) => [name, 0])) as typeof rates;
  for (let n = 0; n < plan.tills; n++) {
    const page = await open(world, world.addTablet(BUSINESSES[n % plan.businesses] ?? 'biz-one'));
    if (page !== null) await sync(world, page);
  }
  await shares(world);
  const businesses = [...new Set(world.tablets.map(({ business }) => business))];
  for (let n = 0; n < plan.members; n++) {
    const business = world.rng.pick(businesses);
    if (world.rng.chance(0.2)) world.stranger(business);
    else await world.join(business);
  }
  network.rates = rates;
}

/** All faults stop; everything that was recorded must arrive, and everybody must end with the same. */
async function heal(world: World): Promise<void> {
  world.tell('everything heals');
  const businesses = [...new Set(world.tablets.map(({ business }) => business))];
  const held = businesses.map((business) => ({ business, events: world.oracle.held(business) }));
  world.healed = true;
  world.network.rates = Object.fromEntries(Object.keys(world.network.rates).map((name) => [name, 0])) as never;
  for (let round = 0; round < ROUNDS; round++) {
    for (const tablet of world.tablets) {
      const page = await open(world, tablet);
      if (page === null) continue;
      page.store.disarm();
      await sync(world, page);
      const { phase, mustPair } = page.till.status.get();
      const isForgiven = phase === 'revoked' && !world.isRevoked(tablet);
      if (mustPair || isForgiven || phase === 'unpaired' || phase === 'evicted') await pair(world, page);
    }
    await time.sleep(65_000);
    if (round >= 2 && isSettled(world)) break;
  }
  world.watch(() => {
    must(isSettled(world), 'queues run empty', () => {
      return world.tablets.map((tablet) => `${tablet.name}: ${tablet.living[0]?.till.status.get().unsent}`).join();
    });
    world.oracle.lookAgain();
    for (const ledger of world.oracle.ledgers.values()) {
      if (ledger.hasDoubles) world.count('double redemption');
      if (ledger.hasShares) world.count('given by a share');
    }
    for (const member of world.erased) {
      const rows = world.servers.database.sqlite
        .prepare('select data from profiles where member = ? and data is not null')
        .all(member);
      must(rows.length === 0, 'erased stays erased', () => `${member} has a name again`);
    }
    for (const { business, events } of held) {
      for (const event of events) {
        must(world.oracle.hasArrived(event, business), 'nothing held is missing', () => `${event} of ${business}`);
      }
    }
  });
  await compare(world);
}

function isSettled(world: World): boolean {
  const { sqlite } = world.servers.database;
  return world.tablets.every((tablet) => {
    const status = tablet.living[0]?.till.status.get();
    if (world.isRevoked(tablet)) return status?.unsent === 0 && status.phase === 'revoked';
    const { head } = sqlite.prepare('select head from businesses where business = ?').get(tablet.business) as {
      head: number;
    };
    return status?.unsent === 0 && world.oracle.storageOf(tablet).cursorNow()?.gseq === head;
  });
}

/** Every till shows every customer as the server has them. */
async function compare(world: World): Promise<void> {
  const { sqlite } = world.servers.database;
  for (const tablet of world.tablets) {
    const page = tablet.living[0];
    if (page === undefined || world.isRevoked(tablet)) continue;
    const members = sqlite
      .prepare('select member, state from members where business = ? and alias_of is null')
      .all(tablet.business) as { member: string; state: string }[];
    for (const { member, state } of members) {
      const shown = await page.till.customer(member, null);
      world.watch(() =>
        must(shown.profile === null || !world.erased.has(member), 'erased stays erased', () => {
          return `${tablet.name} still knows ${member}`;
        }),
      );
      world.watch(() =>
        must(sorted(shown.state) === sorted(JSON.parse(state)), 'all tills equal the server', () => {
          return `${tablet.name} shows ${member} as ${sorted(shown.state)}, the server has ${state}`;
        }),
      );
    }
  }
}

/** Mostly moments, sometimes a lunch break, now and then days. */
function pause({ rng, plan }: World): number {
  const draw = rng.next();
  if (draw < 0.7) return rng.below(300);
  if (draw < 0.9) return rng.below(60_000);
  // A loop that runs polls all the while.
  if (plan.loops) return rng.below(15 * 60_000);
  if (draw < 0.98) return rng.below(4 * 3_600_000);
  return rng.below(5 * 86_400_000);
}

function sorted(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
