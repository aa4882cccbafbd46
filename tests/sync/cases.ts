import { onPostgres } from '../../src/server/testing/testStore.ts';

/**
 * How many cases a law of the whole system is tried on: `PROPERTY_RUNS` says how many, if it is set. On PostgreSQL, where a
 * case takes several times as long and the engine is the same, a third of them.
 */
export function cases(usual: number): number {
  const { PROPERTY_RUNS } = process.env;
  if (PROPERTY_RUNS !== undefined) return Number(PROPERTY_RUNS);
  return onPostgres ? Math.ceil(usual / 3) : usual;
}
