import { expect, it } from 'vitest';
import { GroupCommit } from './groupCommit.ts';
import { Turns } from './turns.ts';

/** A queue whose groups end when the test says so. */
function queue(fails: (works: readonly string[]) => boolean = () => false) {
  const groups: string[][] = [];
  const ends: (() => void)[] = [];
  let emptied = 0;
  const commit = new GroupCommit<string, string>({
    run: async (works) => {
      groups.push([...works]);
      await new Promise<void>((resolve) => ends.push(resolve));
      if (fails(works)) throw new Error(`failed: ${works.join()}`);
      return works.map((work) => work.toUpperCase());
    },
    mayJoin: (group, next) => group.length < 3 && !group.includes(next),
    size: (work) => (work.startsWith('large') ? 100 : 1),
    turn: null,
    turns: new Turns(1),
    emptied: () => (emptied += 1),
  });
  const settle = async () => {
    for (let round = 0; round < 20; round++) await Promise.resolve();
  };
  const end = async () => {
    for (const one of ends.splice(0)) one();
    await settle();
  };
  return { commit, groups, end, settle, emptied: () => emptied };
}

it('begins alone at once, and does together what came meanwhile', async () => {
  const { commit, groups, end, emptied } = queue();
  const all = ['a', 'b', 'c', 'd', 'e'].map((work) => commit.add(work));
  expect(groups).toEqual([['a']]);
  await end();
  expect(groups).toEqual([['a'], ['b', 'c', 'd']]);
  await end();
  await end();
  expect(await Promise.all(all)).toEqual(['A', 'B', 'C', 'D', 'E']);
  expect(emptied()).toBe(1);
});

it('answers nobody before the group is done', async () => {
  const { commit, end, settle } = queue();
  const first = commit.add('a');
  let answered = false;
  const watched = commit.add('b').then(() => (answered = true));
  await settle();
  await end();
  await first;
  expect(answered).toBe(false);
  await end();
  await watched;
});

it('tries each alone where a group fails, so that one spoils nothing for the others', async () => {
  const { commit, groups, end } = queue((works) => works.includes('bad'));
  const first = commit.add('a');
  const others = Promise.allSettled([commit.add('b'), commit.add('bad'), commit.add('c')]);
  await end();
  await first;
  await end();
  expect(groups.slice(2)).toEqual([['b'], ['bad'], ['c']]);
  await end();
  expect(await others).toEqual([
    { status: 'fulfilled', value: 'B' },
    { status: 'rejected', reason: new Error('failed: bad') },
    { status: 'fulfilled', value: 'C' },
  ]);
});

it('lets small ones pass a large one, but not for ever', async () => {
  const { commit, groups, end } = queue();
  const all: Promise<string>[] = [commit.add('first'), commit.add('large')];
  for (let n = 0; n < 12; n++) {
    // There is always somebody small waiting.
    all.push(commit.add(`small ${n}`));
    await end();
  }
  for (let n = 0; n < 12; n++) await end();
  await Promise.all(all);
  const at = groups.findIndex((group) => group.includes('large'));
  expect(at).toBe(9);
  expect(groups[1]).toEqual(['small 0']);
});
