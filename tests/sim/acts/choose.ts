import type { Page, Tablet } from '../tablet.ts';
import type { World } from '../world.ts';

/** Something that somebody does; it may go on while others begin. */
export type Act = (world: World) => Promise<unknown>;

/** A page that can serve somebody. */
export function somePage(world: World): Page | null {
  // Before the first load of the shop there is nothing to sell with.
  const pages = world.tablets.flatMap((tablet) => tablet.living).filter((page) => page.till.shop.get() !== null);
  return pages.length === 0 ? null : world.rng.pick(pages);
}

export function isPaired(page: Page): boolean {
  return !['starting', 'unpaired', 'evicted', 'storeLost'].includes(page.till.status.get().phase);
}

/** A customer of this shop as the till meets them: by card or by name; sometimes somebody without a card. */
export function someone(world: World, tablet: Tablet): string | null {
  const { rng } = world;
  const people = world.people.filter(({ business }) => business === tablet.business);
  if (people.length === 0 || rng.chance(0.05)) return null;
  const { member, card } = rng.pick(people);
  return member === null || (card !== null && rng.chance(0.5)) ? `card:${card ?? ''}` : member;
}

/** The end of an id tells it from others and keeps the story short. */
export function short(id: string): string {
  return id.startsWith('card:') ? id.slice(0, 13) : id.slice(-6);
}
