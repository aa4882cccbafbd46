import { describe, expect, it } from 'vitest';
import { newStream, placeAll, type StoredAt } from './place.ts';
import type { Reading } from './readEvent.ts';

const RUN = 'run-1';

function reading(hash: string, seq: number | null, prev: string | null, code?: 'unknownKind' | 'unreadable'): Reading {
  if (code === undefined && seq !== null && prev !== null) {
    // Placing looks at where an event belongs, never into it.
    return { ok: true, bytes: hash, hash, seq, prev, event: {} as never };
  }
  return { ok: false, code: code ?? 'unreadable', bytes: hash, hash, seq, prev };
}

function storedThrough(seq: number): { stream: ReturnType<typeof newStream>; stored: Map<string, StoredAt> } {
  const stream = { ...newStream('biz', 'device', RUN), stored_through: seq, stored_hash: `h${seq}` };
  const stored = new Map<string, StoredAt>();
  for (let n = 1; n <= seq; n++) stored.set(`h${n}`, { run: RUN, seq: n, quarantine: null });
  return { stream, stored };
}

describe('where a pushed event belongs', () => {
  it('keeps what a copy of the device recorded in a later version beside what stands at its number', () => {
    const { stream, stored } = storedThrough(5);
    const placings = placeAll([reading('h3', 3, 'h2'), reading('newer', 4, 'h3', 'unknownKind')], 3, [stream], stored);
    expect(placings.map(({ kind }) => kind)).toEqual(['duplicate', 'append']);
    expect(placings[1]).toMatchObject({ run: `${RUN}~newer`, seq: 4, fork: true });
    expect(stream.stored_through).toBe(5);
  });

  it('gives damaged bytes that had come before they were damaged no number of their own', () => {
    const { stream, stored } = storedThrough(5);
    const placings = placeAll([reading('damaged', null, null), reading('h6', 6, 'h5')], 5, [stream], stored);
    expect(placings).toEqual([
      { kind: 'duplicate', run: RUN, seq: 5, quarantine: null },
      { kind: 'append', run: RUN, seq: 6, fork: false },
    ]);
  });

  it('lets damaged bytes stand where they came, and what follows them behind', () => {
    const { stream, stored } = storedThrough(5);
    const placings = placeAll(
      [reading('h6', 6, 'h5'), reading('damaged', 999, 'h6', 'unreadable'), reading('h8', 8, 'as it was')],
      6,
      [stream],
      stored,
    );
    expect(placings.map((placing) => [placing.kind, placing.seq])).toEqual([
      ['append', 6],
      ['append', 7],
      ['append', 8],
    ]);
  });

  it('stops at the first event that follows one we do not have', () => {
    const { stream, stored } = storedThrough(5);
    const placings = placeAll([reading('h8', 8, 'h7'), reading('h9', 9, 'h8')], 8, [stream], stored);
    expect(placings).toEqual([{ kind: 'gap', seq: 8 }]);
  });

  it('waits for what is missing before something that it cannot read', () => {
    for (const code of ['unknownKind', 'unreadable'] as const) {
      const { stream, stored } = storedThrough(5);
      const seq = code === 'unknownKind' ? 8 : null;
      expect(placeAll([reading('odd', seq, null, code)], 8, [stream], stored)).toEqual([{ kind: 'gap', seq: 8 }]);
      expect(stream.stored_through).toBe(5);
    }
  });

  it('finds the place of what it cannot read by what came with it, where the till does not say it', () => {
    const { stream, stored } = storedThrough(5);
    const placings = placeAll([reading('damaged', null, null), reading('h8', 8, 'h7')], undefined, [stream], stored);
    expect(placings).toEqual([{ kind: 'gap', seq: 7 }]);
  });

  it('stores once what it cannot read and whose number nobody tells, however often it comes', () => {
    const { stream, stored } = storedThrough(5);
    const push = [reading('damaged', null, null)];
    const [first] = placeAll(push, undefined, [stream], stored);
    expect(first).toEqual({ kind: 'append', run: RUN, seq: 6, fork: false });
    stored.set('damaged', { run: RUN, seq: 6, quarantine: 'unreadable' });
    expect(placeAll(push, undefined, [stream], stored)).toMatchObject([{ kind: 'duplicate', seq: 6 }]);
    expect(stream.stored_through).toBe(6);
  });

  it('puts what it cannot read into the branch of the copy that is that far', () => {
    const { stream, stored } = storedThrough(10);
    const branch = { ...newStream('biz', 'device', `${RUN}~copy`), fork_of: RUN, stored_through: 7, stored_hash: 'c7' };
    expect(placeAll([reading('damaged', null, null)], 8, [stream, branch], stored)).toMatchObject([
      { kind: 'append', run: `${RUN}~copy`, seq: 8 },
    ]);
  });

  it('never puts a second event under a number that was readmitted ahead of the ones before it', () => {
    const { stream, stored } = storedThrough(6);
    stream.ahead_through = 7;
    stored.set('h7', { run: RUN, seq: 7, quarantine: null });
    const placings = placeAll([reading('other', 7, 'h6 as the copy has it')], 7, [stream], stored, new Set([RUN]));
    expect(placings).toMatchObject([{ kind: 'append', run: `${RUN}~other`, seq: 7 }]);
  });
});
