import type { Request } from '../../../src/loyalty/decision.ts';
import type { Recording } from '../../../src/till/till.ts';
import { must } from '../oracle/violation.ts';
import type { Page } from '../tablet.ts';
import type { World } from '../world.ts';
import { short } from './choose.ts';

export const OPTIONS = { secondPurchase: true, approvedBy: 'manager', reason: 'it was asked for' };

/** Asks for something at the counter, and holds the till to its word. */
export async function record(world: World, page: Page, who: string | null, request: Request): Promise<string | null> {
  const credential = who?.startsWith('card:') ? ({ kind: 'static', id: who.slice(5) } as const) : null;
  const customer = who === null ? null : await page.ask(page.till.customer(who, credential));
  if (!page.alive) return null;
  arm(world, page);
  const recording = page.till.record(customer?.value ?? null, request, OPTIONS);
  return confirm(world, page, `${request.kind} for ${who === null ? 'nobody' : short(who)}`, recording);
}

/** Waits for the till's word. What it says is done must be stored; gives the event. */
export async function confirm(
  world: World,
  page: Page,
  what: string,
  recording: Promise<Recording>,
): Promise<string | null> {
  const faultsBefore = page.faults;
  const done = await page.ask(recording);
  page.store.disarm();
  if (done === null) {
    world.tell(`${page.name} ${what}: gone before it could say`);
    return null;
  }
  const { value } = done;
  if (!value.ok) {
    world.tell(`${page.name} ${what}: ${JSON.stringify(value.refusal)}`);
    const { refusal } = value;
    if (refusal.kind !== 'notSaved') world.count('refused by a rule');
    else if (refusal.because === 'storageFull') world.count('a full disk was told');
    world.watch(() =>
      // Whoever was revoked has nothing left to record with.
      must(
        refusal.kind !== 'notSaved' || page.faults > faultsBefore || isOver(world, page),
        'recording always works',
        () => {
          return `${page.name} ${what}: ${JSON.stringify(refusal)}`;
        },
      ),
    );
    return null;
  }
  world.tell(`${page.name} ${what}: done as ${short(value.event)}`);
  noteRecorded(world, page);
  world.watch(() => {
    world.oracle.confirm(page.tablet, value.event);
    world.oracle.look();
  });
  return value.event;
}

/** Revoked, or it was when it wiped itself: a server that is restored may not remember. */
function isOver(world: World, page: Page): boolean {
  return world.isRevoked(page.tablet) || page.till.status.get().phase === 'revoked';
}

function noteRecorded(world: World, page: Page): void {
  const { clock } = page.tablet;
  world.count('recorded');
  if (page.syncing) world.count('recorded while a round of sync was under way');
  if (Math.abs(clock.offset) > 86_400_000) world.count('recorded with a clock off by more than a day');
  if (clock.frozen !== null) world.count('recorded with a clock that stands still');
  if (page.tablet.living.length > 1) world.count('recorded with two tabs open');
  if (world.isRevoked(page.tablet)) world.count('recorded after the till was revoked');
}

/** What goes wrong with the storage while something is done. */
export function arm(world: World, page: Page): void {
  if (world.healed) return;
  const { rng, plan } = world;
  const { crash, quota, connectionLost } = plan.rates;
  const point = rng.pick(['before', 'inside', 'inside', 'after', 'after'] as const);
  if (rng.chance(crash)) page.store.arm('crash', point, rng.below(3));
  else if (rng.chance(quota)) page.store.arm('quota', 'inside', rng.below(2));
  else if (rng.chance(connectionLost)) page.store.arm('lost', point, rng.below(3));
}
