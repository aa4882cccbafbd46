import { expect, it } from 'vitest';
import { initialsOf } from './initials.ts';

it('takes two words, or one with its digraph', () => {
  expect(['Kelemen Nóra', 'Zsófi', 'ágnes', 'Dzsenifer', '  ', 'Nagy-Kis Éva Mária'].map(initialsOf)).toEqual([
    'KN',
    'Zs',
    'Á',
    'Dzs',
    '',
    'NÉ',
  ]);
});
