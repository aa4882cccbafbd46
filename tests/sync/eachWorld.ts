import { afterEach, beforeEach } from 'vitest';
import { makeWorld, type World } from './world.ts';

/**
 * A world of its own for each test of a file, which ends with the test.
 * @param given takes it, and does what every test of the file begins with
 */
export function eachWorld(given: (world: World) => unknown): void {
  let world: World;
  beforeEach(async () => {
    world = await makeWorld();
    await given(world);
  });
  afterEach(() => world.end());
}
