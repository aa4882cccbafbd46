import { expect, test } from 'vitest';
import type { OfficeTill } from '../../protocol/office/officeApi.ts';
import { tillAlarms, tillFaces } from './tillFaces.ts';

const NOW = Date.UTC(2026, 2, 10, 9, 0, 0);
const HOUR = 3600_000;

const fine: OfficeTill = {
  id: 'till',
  name: 'Counter',
  location: 'main',
  revoked: false,
  ended: null,
  lastSeenAt: NOW - 10_000,
  here: true,
  unsent: 0,
  oldestUnsentAt: null,
  build: '1.0.0 (abc)',
  persisted: true,
  storage: { used: 1, quota: 100 },
  skew: 300,
  lastError: null,
  copiedAt: null,
};

const kinds = (change: Partial<OfficeTill>) =>
  tillFaces({ ...fine, ...change }, NOW, '1.0.0 (abc)').map((one) => one.kind);

test('a till that is well says so, and nothing else', () => {
  expect(kinds({})).toEqual(['here']);
  expect(kinds({ skew: null, persisted: null, storage: null, build: null })).toEqual(['here']);
});

test('away for a night is no alarm, away for days is', () => {
  expect(kinds({ here: false, lastSeenAt: NOW - 14 * HOUR })).toEqual(['away']);
  expect(kinds({ here: false, lastSeenAt: NOW - 80 * HOUR })).toEqual(['quietLong']);
});

test('what waits there becomes urgent with time', () => {
  expect(kinds({ unsent: 3, oldestUnsentAt: NOW - 60_000 })).toEqual(['here', 'unsent']);
  expect(kinds({ unsent: 3, oldestUnsentAt: NOW - 2 * HOUR, here: false })).toEqual(['away', 'unsentLong']);
});

test('a revoked till is judged no further, but for what never arrived', () => {
  expect(kinds({ revoked: true, here: false, persisted: false, skew: HOUR })).toEqual(['revoked']);
  expect(kinds({ revoked: true, here: false, unsent: 12 })).toEqual(['revoked', 'missing']);
});

test('a copy comes before everything else', () => {
  expect(kinds({ copiedAt: NOW })[0]).toBe('copied');
  expect(kinds({ copiedAt: NOW, revoked: true })[0]).toBe('copied');
});

test('clock, storage, version and errors each have a face', () => {
  expect(kinds({ skew: -10 * 60_000 })).toEqual(['here', 'clockOff']);
  expect(kinds({ storage: { used: 90, quota: 100 } })).toEqual(['here', 'storageFull']);
  expect(kinds({ persisted: false })).toEqual(['here', 'notPersisted']);
  expect(kinds({ build: '0.9.0 (fed)' })).toEqual(['here', 'otherVersion']);
  expect(kinds({ lastError: 'internal' })).toEqual(['here', 'trouble']);
  expect(kinds({ lastError: 'timeout' })).toEqual(['here']);
});

test('what cannot wait is an alarm; what is merely so is none', () => {
  const alarms = (change: Partial<OfficeTill>) =>
    tillAlarms({ ...fine, ...change }, NOW, '1.0.0 (abc)').map((one) => one.kind);
  expect(alarms({ skew: HOUR, persisted: false, unsent: 1, oldestUnsentAt: NOW })).toEqual([]);
  expect(alarms({ copiedAt: NOW, here: false, lastSeenAt: NOW - 90 * HOUR })).toEqual(['copied', 'quietLong']);
  const ended = { how: 'office', by: null, successor: null } as const;
  expect(alarms({ revoked: true, unsent: 2, ended: { ...ended, at: NOW - HOUR } })).toEqual(['missing']);
  expect(alarms({ revoked: true, unsent: 2, ended: { ...ended, at: NOW - 500 * HOUR } })).toEqual([]);
});
