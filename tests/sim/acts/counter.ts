import type { Sale } from '../../../src/loyalty/facts.ts';
import type { CredentialKind } from '../../../src/loyalty/basics.ts';
import type { World } from '../world.ts';
import { type Act, short, someone, somePage } from './choose.ts';
import { arm, confirm, OPTIONS, record } from './record.ts';

export const sell: Act = async (world) => {
  const page = somePage(world);
  if (page === null) return;
  await record(world, page, someone(world, page.tablet), saleOf(world));
};

/** Two sales at once, as fast fingers make them. */
export const sellTwice: Act = async (world) => {
  const page = somePage(world);
  if (page === null) return;
  const who = someone(world, page.tablet);
  await Promise.all([record(world, page, who, saleOf(world)), record(world, page, who, saleOf(world))]);
};

export const redeem: Act = async (world) => {
  const page = somePage(world);
  const { program } = page?.till.shop.get() ?? {};
  if (page === null || program === undefined || program.rewards.length === 0) return;
  const who = someone(world, page.tablet);
  if (who === null) return;
  await record(world, page, who, { kind: 'redeem', reward: world.rng.pick(program.rewards).id, voucher: null });
};

export const undo: Act = async (world) => {
  const page = somePage(world);
  const target = someEvent(world, page?.tablet.business);
  if (page === null || target === null) return;
  arm(world, page);
  await confirm(world, page, `takes ${short(target)} back`, page.till.undo(target, OPTIONS));
};

export const refund: Act = async (world) => {
  const page = somePage(world);
  const target = someEvent(world, page?.tablet.business);
  if (page === null || target === null) return;
  const who = someone(world, page.tablet);
  await record(world, page, who, { kind: 'refunded', target, amount: world.rng.between(1, 500) });
};

export const goodwill: Act = async (world) => {
  const page = somePage(world);
  const unit = page?.till.shop.get()?.program.units[0]?.id;
  if (page === null || unit === undefined) return;
  const who = someone(world, page.tablet);
  if (who === null) return;
  await record(world, page, who, { kind: 'goodwill', reason: 'waited', unit, amount: world.rng.between(1, 2) });
};

export const enroll: Act = async (world) => {
  const page = somePage(world);
  if (page === null) return;
  const { rng } = world;
  const { business } = page.tablet;
  const id = rng.chance(0.7) ? Buffer.from(rng.bytes(16)).toString('hex') : null;
  const card = id === null ? null : { kind: 'printed' as CredentialKind, id };
  const fields = { name: `Somebody of ${business}`, phone: `+3620${rng.between(1_000_000, 9_999_999)}` };
  arm(world, page);
  const event = await confirm(world, page, 'enrolls', page.till.enroll(fields, card));
  if (event === null) return;
  const entry = [...world.oracle.storageOf(page.tablet).holds].find(([each]) => each === event);
  const { member } = JSON.parse(entry?.[1] ?? '{"member":null}') as { member: string | null };
  if (member !== null) world.people.push({ business, member, card: id });
};

export const changeProfile: Act = async (world) => {
  const page = somePage(world);
  if (page === null) return;
  const who = someone(world, page.tablet);
  if (who === null) return;
  arm(world, page);
  const change = page.till.changeProfile(who, { name: `Change ${world.rng.below(1000)} of ${page.tablet.business}` });
  const done = await page.ask(change);
  page.store.disarm();
  world.tell(`${page.name} changes the profile of ${short(who)}: ${done === null ? 'gone' : String(done.value.ok)}`);
};

/** A card at the counter: another one, or one that is lost. */
export const changeCard: Act = async (world) => {
  const page = somePage(world);
  if (page === null) return;
  const { rng } = world;
  const people = world.people.filter(({ business, member }) => business === page.tablet.business && member !== null);
  if (people.length === 0) return;
  const person = rng.pick(people);
  if (person.member === null) return;
  if (person.card !== null && rng.chance(0.4)) {
    await record(world, page, person.member, { kind: 'credentialRevoked', credential: person.card, reason: null });
    return;
  }
  const card = Buffer.from(rng.bytes(16)).toString('hex');
  await record(world, page, person.member, { kind: 'credentialIssued', credential: card, credentialKind: 'printed' });
  world.people.push({ ...person, card });
};

export const look: Act = async (world) => {
  const page = somePage(world);
  if (page === null) return;
  const today = await page.ask(page.till.today(null));
  world.tell(`${page.name} looks at its day: ${today === null ? 'gone' : today.value.sales.count}`);
};

function someEvent(world: World, business: string | undefined): string | null {
  const own = [...world.oracle.confirmed].filter(([, { tablet }]) => tablet.business === business);
  return own.at(-1 - world.rng.below(6))?.[0] ?? null;
}

function saleOf(world: World): Sale {
  const total = world.rng.between(50, 4000);
  const line = { product: null, category: 'coffee', quantity: world.rng.between(1, 3), amount: total, given: false };
  return { kind: 'sale', total, lines: [line], hour: 10, external: `sale-${(world.marks += 1)}` };
}
