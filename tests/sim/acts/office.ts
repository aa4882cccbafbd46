import { putDocument } from '../../../src/server/store/documents.ts';
import { grantAllShares } from '../../../src/server/jobs/shareJob.ts';
import { eraseMember } from '../../../src/server/usecases/eraseMember.ts';
import { revokeDevice } from '../../../src/server/usecases/pair.ts';
import { grantShares } from '../../../src/server/usecases/shares/grantShares.ts';
import { recordServerEvents } from '../../../src/server/usecases/recordServerEvents.ts';
import { programOf, PROGRAMS, publish, STAFF } from '../shops.ts';
import type { World } from '../world.ts';
import { type Act, short } from './choose.ts';

export const changeProgram: Act = async (world) => {
  const business = someBusiness(world);
  const n = world.rng.below(PROGRAMS.length);
  await world.office(`${business} puts program ${n} in force`, async (deps) => {
    await publish(deps.db, business, programOf(business, n));
    await grantShares(deps, business);
  });
  world.count('program changed');
};

export const changeStaff: Act = async (world) => {
  const { rng } = world;
  const business = someBusiness(world);
  const id = rng.pick(STAFF);
  const active = rng.chance(0.5);
  const pin = { salt: 'c2FsdA==', iterations: 1, hash: 'aGFzaA==' };
  const data = { id, name: `${id} of ${business}`, role: 'staff', active, pin } as const;
  await world.office(`${business}: ${id} ${active ? 'comes back' : 'leaves'}`, ({ db }) =>
    putDocument(db, business, { kind: 'staff', id, data }),
  );
};

export const revoke: Act = async (world) => {
  const tablet = world.rng.pick(world.tablets);
  const { device, business } = tablet;
  if (device === null) return;
  await world.office(`${tablet.name} is revoked`, (deps) => revokeDevice(deps, business, device));
  world.count('till revoked');
};

export const join: Act = async (world) => {
  const business = someBusiness(world);
  if (world.rng.chance(0.4)) world.stranger(business);
  else await world.join(business);
};

/** Two cards turn out to be one person's. */
export const merge: Act = async (world) => {
  const business = someBusiness(world);
  const people = world.people.filter((person) => person.business === business && person.member !== null);
  const [stays, goes] = [
    people[world.rng.below(people.length)]?.member,
    people[world.rng.below(people.length)]?.member,
  ];
  if (!stays || !goes || stays === goes || world.merged.has(stays) || world.merged.has(goes)) return;
  if (!world.isBooked(business, stays) || !world.isBooked(business, goes)) return;
  world.merged.add(goes);
  await world.office(`${business}: ${short(goes)} is merged into ${short(stays)}`, (deps) =>
    recordServerEvents(deps, business, [{ member: stays, staff: 'owner', fact: { kind: 'merged', other: goes } }]),
  );
  world.count('members merged');
};

export const erase: Act = async (world) => {
  const business = someBusiness(world);
  const people = world.people.filter((person) => person.business === business && person.member !== null);
  const member = people[world.rng.below(people.length)]?.member;
  if (!member || !world.isBooked(business, member)) return;
  let isDone = false;
  await world.office(`${business}: ${short(member)} is erased`, async (deps) => {
    isDone = await eraseMember(deps, business, member, 'owner');
  });
  if (isDone) world.erased.add(member);
  world.count('member erased');
};

export const adjust: Act = async (world) => {
  const business = someBusiness(world);
  const people = world.people.filter((person) => person.business === business && person.member !== null);
  const member = people[world.rng.below(people.length)]?.member;
  if (!member) return;
  const fact = { kind: 'adjusted', reason: 'a letter', unit: 'card', amount: world.rng.pick([-1, 1, 2]) } as const;
  await world.office(`${business}: ${short(member)} is adjusted by ${fact.amount}`, (deps) =>
    recordServerEvents(deps, business, [{ member, staff: 'owner', fact }]),
  );
};

export const shares: Act = (world) => world.office('shares are granted', (deps) => grantAllShares(deps));

function someBusiness(world: World): string {
  return world.rng.pick(world.tablets).business;
}
