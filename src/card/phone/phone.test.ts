import { beforeEach, describe, expect, test, vi } from 'vitest';
import { emptyState } from '../../loyalty/emptyState.ts';
import type { MemberState, Voucher } from '../../loyalty/state.ts';
import { testCard } from '../testing/card.ts';
import { NOTHING, newStamps } from './newStamps.ts';
import { drop, refresh, usePhone } from './phone.ts';
import { joined, joinIdFor, keep, readKept } from './storage.ts';

const kept = new Map<string, string>();
vi.stubGlobal('localStorage', {
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, value: string) => kept.set(key, value),
  removeItem: (key: string) => kept.delete(key),
});
vi.stubGlobal('location', { hash: '' });

const stampsOf = (left: number): MemberState => ({
  ...emptyState(),
  lots: [{ id: 'a', unit: 'stamps', rule: 'r', earned: '2026-03-01', expires: null, left }],
});

/** The server's next answers, in order. */
function serverSays(...answers: (Response | Error)[]): void {
  vi.stubGlobal('fetch', () => {
    const next = answers.shift();
    return next instanceof Error || next === undefined
      ? Promise.reject(next ?? new Error('asked'))
      : Promise.resolve(next);
  });
}

const card = (state: MemberState, gseq: number) => testCard({ state, gseq, asOf: Date.now() });
const says = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json', etag: '"1"', ...headers },
  });

beforeEach(() => drop());

describe('the phone', () => {
  test('keeps the card that came, and lets what is new glow', async () => {
    serverSays(says(card(stampsOf(3), 1)));
    await refresh();
    expect(usePhone.getState()).toMatchObject({ face: 'card', reached: true, landed: NOTHING });
    serverSays(says(card(stampsOf(4), 2)));
    await refresh();
    expect(usePhone.getState().landed).toEqual({ units: { stamps: 1 }, rewards: [] });
    expect(readKept()?.card.gseq).toBe(2);
  });

  test('goes on showing the card without internet, behind a sign-in page, and when the server fails', async () => {
    serverSays(says(card(stampsOf(3), 1)));
    await refresh();
    const captive = new Response('<html>', { headers: { 'content-type': 'text/html' } });
    for (const [answer, reached] of [
      [new Error('no network'), false],
      [captive, false],
      [says({}, 500), true],
    ] as const) {
      serverSays(answer);
      await refresh();
      expect(usePhone.getState()).toMatchObject({ face: 'card', reached });
    }
    expect(usePhone.getState().kept?.card.gseq).toBe(1);
  });

  test('notes when nothing has changed, by the server’s clock', async () => {
    serverSays(says(card(stampsOf(3), 1)));
    await refresh();
    const hourAhead = new Date(Date.now() + 3_600_000).toUTCString();
    serverSays(new Response(null, { status: 304, headers: { date: hourAhead } }));
    await refresh();
    const offset = usePhone.getState().kept?.offset ?? 0;
    expect(Math.abs(offset - 3_600_000)).toBeLessThan(5000);
  });

  test('knows that it has no card, and that it had one', async () => {
    serverSays(says({}, 401));
    await refresh();
    expect(usePhone.getState().face).toBe('none');
    serverSays(says(card(stampsOf(3), 1)), says({}, 401));
    await refresh();
    await refresh();
    expect(usePhone.getState().face).toBe('gone');
    expect(usePhone.getState().kept).not.toBeNull();
  });

  test('asks once at a time, and once more for hints that came meanwhile', async () => {
    let asked = 0;
    vi.stubGlobal('fetch', () => {
      asked += 1;
      return Promise.resolve(says(card(stampsOf(asked), asked)));
    });
    await Promise.all([refresh(), refresh(), refresh()]);
    await vi.waitFor(() => expect(usePhone.getState().kept?.card.gseq).toBe(2));
    expect(asked).toBe(2);
  });
});

test('what is new: more units, and vouchers that were not open before', () => {
  const open = { status: 'open', closed: null, ahead: false, by: [] } as const;
  const voucher: Voucher = { id: 'v', reward: 'r', rule: 'x', on: '2026-03-02', expires: null, ...open };
  expect(newStamps(stampsOf(8), { ...emptyState(), vouchers: [voucher] })).toEqual({
    units: {},
    rewards: ['r'],
  });
  expect(newStamps(stampsOf(8), stampsOf(8))).toBe(NOTHING);
  expect(newStamps(stampsOf(8), stampsOf(2))).toBe(NOTHING);
});

test('a press of the button keeps its id until the card is here', () => {
  const id = joinIdFor('shop');
  expect(joinIdFor('shop')).toBe(id);
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(joinIdFor('another')).not.toBe(id);
  joined();
  expect(joinIdFor('shop')).not.toBe(id);
});

test('a card of another shape is not shown, it is fetched anew', () => {
  keep({
    card: testCard({ state: { ...emptyState(), v: 2 } as unknown as MemberState }),
    etag: null,
    checkedAt: 0,
    offset: 0,
  });
  expect(readKept()).toBeNull();
});
