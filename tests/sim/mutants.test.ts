import { expect, test } from 'vitest';
import { MUTANTS } from './mutants.ts';
import { faulty } from './mutate.ts';

test.each(MUTANTS)('the place for "$name" is there once, and the fault is one', (mutant) => {
  expect(faulty(mutant)).not.toContain(mutant.replace === '' ? mutant.find : `${mutant.find}${mutant.find}`);
});

test('mutants have names of their own, and there are enough of them', () => {
  expect(new Set(MUTANTS.map(({ name }) => name)).size).toBe(MUTANTS.length);
  expect(MUTANTS.length).toBeGreaterThanOrEqual(25);
});
