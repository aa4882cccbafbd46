import type { Act } from './choose.ts';

/** A process ends and another one begins, as in any deployment. */
export const restart: Act = async (world) => {
  const { servers } = world;
  const process = servers.any(world.rng);
  servers.kill(process);
  const next = servers.start();
  world.tell(`${process.name} ends, ${next.name} begins`);
  if (world.rng.chance(0.3)) await world.office('the quarantine is tried again', () => servers.upgraded());
};

export const backup: Act = async (world) => {
  if (world.backup(world.rng.chance(0.5))) world.tell('a backup is made');
};

/** The server's disk is lost: it goes on from a backup. */
export const restore: Act = async (world) => {
  world.restore(world.rng.chance(0.8));
};
