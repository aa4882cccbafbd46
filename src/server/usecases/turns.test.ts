import { expect, it } from 'vitest';
import { Turns } from './turns.ts';

/** Works that end when the test says so. */
function works(most: number) {
  const turns = new Turns(most);
  const began: string[] = [];
  const ends = new Map<string, () => void>();
  const begin = (name: string, urgent: () => boolean = () => false) =>
    turns.take(urgent, async () => {
      began.push(name);
      await new Promise<void>((resolve) => ends.set(name, resolve));
      if (name === 'bad') throw new Error('bad');
    });
  const end = async (name: string) => {
    ends.get(name)?.();
    for (let round = 0; round < 10; round++) await Promise.resolve();
  };
  return { began, begin, end };
}

it('lets so many work at a time, the others in their order', async () => {
  const { began, begin, end } = works(2);
  const all = ['a', 'b', 'c', 'd'].map((name) => begin(name));
  expect(began).toEqual(['a', 'b']);
  await end('b');
  expect(began).toEqual(['a', 'b', 'c']);
  for (const name of ['a', 'c', 'd']) await end(name);
  await Promise.all(all);
  expect(began).toEqual(['a', 'b', 'c', 'd']);
});

it('prefers who is urgent by then, and passes nobody over for ever', async () => {
  const { began, begin, end } = works(1);
  let later = false;
  const all = [begin('first'), begin('slow'), begin('changed', () => later)];
  for (let n = 0; n < 12; n++) all.push(begin(`urgent ${n}`, () => true));
  later = true;
  await end('first');
  expect(began.at(-1)).toBe('changed');
  for (let n = 0; n < 14; n++) await end(began.at(-1) ?? '');
  await Promise.all(all);
  expect(began.indexOf('slow')).toBe(9);
});

it('gives the turn on where a work fails', async () => {
  const { began, begin, end } = works(1);
  const bad = begin('bad').catch((error: unknown) => error);
  const next = begin('next');
  await end('bad');
  expect(await bad).toEqual(new Error('bad'));
  expect(began).toEqual(['bad', 'next']);
  await end('next');
  await next;
});
