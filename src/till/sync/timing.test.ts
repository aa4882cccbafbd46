import { expect, test } from 'vitest';
import type { Timers } from '../ports.ts';
import { isPassing, pauseAfter } from './backoff.ts';
import { ClockOffset } from './clockOffset.ts';
import { Waker } from './waker.ts';

test('the quickest of the last eight exchanges says how far the clocks are apart', () => {
  const clock = new ClockOffset();
  expect(clock.value).toBeNull();
  clock.measured(1000, 6500, 2000);
  expect(clock.value).toBe(5000);
  clock.measured(3000, 8040, 3100);
  expect(clock.value).toBe(4990);
  for (let n = 0; n < 8; n++) clock.measured(5000, 10_300, 5600);
  expect(clock.value).toBe(5000);
});

test('a clock that is set in between counts from then on, and a tiny offset is never minus zero', () => {
  const clock = new ClockOffset();
  clock.measured(1000, 1050, 1100);
  clock.measured(3_600_000, 1300, 3_600_100);
  expect(clock.value).toBe(1300 - 3_600_050);
  clock.measured(5000, 5000, 4000);
  expect(clock.value).toBeNull();
  clock.measured(0, 0, 1);
  expect(Object.is(clock.value, 0)).toBe(true);
});

test('pauses grow to a minute, spread over the whole of it, and never undercut what the server asked for', () => {
  expect([1, 2, 3, 6, 7, 50].map((n) => pauseAfter(n, () => 1, null))).toEqual([
    1000, 2000, 4000, 32_000, 60_000, 60_000,
  ]);
  expect(pauseAfter(5, () => 0, null)).toBe(0);
  const asked = { kind: 'http', status: 429, error: 'tooMany', retryAfterMs: 90_000 } as const;
  expect(pauseAfter(1, () => 0.5, asked)).toBe(90_000);
});

test('only what can mend itself is passing', () => {
  const http = (status: number) => ({ kind: 'http', status, error: null, retryAfterMs: null }) as const;
  expect([{ kind: 'network' } as const, { kind: 'timeout' } as const].every(isPassing)).toBe(true);
  expect([429, 500, 503].every((status) => isPassing(http(status)))).toBe(true);
  expect([400, 401, 403, 413, 426].some((status) => isPassing(http(status)))).toBe(false);
});

/** Timers that a test lets run. */
function handTimers(): { readonly timers: Timers; readonly pass: () => void } {
  const due = new Set<() => void>();
  return {
    timers: {
      after: (_ms, run) => {
        due.add(run);
        return () => due.delete(run);
      },
    },
    pass: () => due.forEach((run) => run()),
  };
}

test('a wait ends by time, by a call, or by a call that came before it', async () => {
  const { timers, pass } = handTimers();
  const waker = new Waker(timers);
  const { signal } = new AbortController();
  const byTime = waker.wait(1000, signal, true);
  pass();
  await byTime;
  const byCall = waker.wait(1000, signal, true);
  waker.wake();
  await byCall;
  waker.wake();
  await waker.wait(1000, signal, true);
  let over = false;
  const asked = waker.wait(1000, signal, false).then(() => (over = true));
  waker.wake();
  await Promise.resolve();
  expect(over).toBe(false);
  pass();
  await asked;
  const stop = new AbortController();
  const stopped = waker.wait(1000, stop.signal, true);
  stop.abort();
  await stopped;
});
