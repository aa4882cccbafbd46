import { describe, expect, it } from 'vitest';
import { repeatGuard } from './repeatGuard.ts';

describe('repeatGuard', () => {
  it('passes a code once while it stays in sight, however long', () => {
    const guard = repeatGuard();
    expect(guard.see('A', 0)).toBe('new');
    for (let at = 100; at < 60_000; at += 1400) expect(guard.see('A', at)).toBe('repeat');
  });

  it('passes it again after 1.5 s out of sight, and not before', () => {
    const guard = repeatGuard();
    guard.see('A', 0);
    expect(guard.see('A', 1499)).toBe('repeat');
    expect(guard.see('A', 1499 + 1500)).toBe('new');
  });

  it('passes the next customer at once, and the first one not because of it', () => {
    const guard = repeatGuard();
    guard.see('A', 0);
    expect(guard.see('B', 50)).toBe('new');
    expect(guard.see('A', 100)).toBe('repeat');
    expect(guard.see('B', 150)).toBe('repeat');
  });

  it('holds a new code back while a lookup runs, and passes it right after', () => {
    const guard = repeatGuard();
    guard.see('A', 0);
    const unlock = guard.lock(0);
    expect(guard.see('B', 40)).toBe('locked');
    unlock();
    expect(guard.see('B', 80)).toBe('new');
  });

  it('opens by itself when a lookup hangs; a late unlock does not open the next lock', () => {
    const guard = repeatGuard();
    const late = guard.lock(0);
    expect(guard.see('B', 4999)).toBe('locked');
    expect(guard.see('B', 5000)).toBe('new');
    guard.lock(5000);
    late();
    expect(guard.see('C', 5040)).toBe('locked');
  });

  it('passes the same code again when asked to', () => {
    const guard = repeatGuard();
    guard.see('A', 0);
    guard.forget();
    expect(guard.see('A', 50)).toBe('new');
  });
});
