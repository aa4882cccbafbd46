import { expect, test } from 'vitest';
import { safetyOf } from './safety.ts';

const status = { unsent: 0, unsentPatches: 0, connection: 'online', persisted: true } as const;

test('safe to switch off is what has sent everything, whatever else is wrong', () => {
  expect(safetyOf(status)).toEqual({ kind: 'safe' });
  expect(safetyOf({ ...status, connection: 'offline', persisted: false })).toEqual({ kind: 'safe' });
});

test('a change of a customer’s data waits like an event does', () => {
  expect(safetyOf({ ...status, unsentPatches: 1 })).toMatchObject({ kind: 'unsent', events: 0, patches: 1 });
  expect(safetyOf({ ...status, unsent: 3, connection: 'offline' })).toEqual({
    kind: 'unsent',
    events: 3,
    patches: 0,
    offline: true,
  });
});

test('what is unsent in a storage that the browser may clear is said louder', () => {
  expect(safetyOf({ ...status, unsent: 3, persisted: false })).toMatchObject({ kind: 'unprotected', events: 3 });
  expect(safetyOf({ ...status, unsent: 3, persisted: null })).toMatchObject({ kind: 'unsent' });
});
