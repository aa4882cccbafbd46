import { describe, expect, it } from 'vitest';
import { attemptPlan } from './attemptPlan.ts';

function run(attempts: number, took: number) {
  const plan = attemptPlan();
  return Array.from({ length: attempts }, () => {
    const attempt = plan.next();
    plan.done(false, took);
    return attempt;
  });
}

describe('attemptPlan', () => {
  it('tries everything but denoising on every whole frame of a fast tablet', () => {
    const seen = run(30, 12);
    expect(seen.every((attempt) => attempt.invert && !attempt.crop)).toBe(true);
    expect(seen.filter((attempt) => attempt.denoise)).toHaveLength(6);
  });

  it('denoises again only after some frames without a read', () => {
    const plan = attemptPlan();
    for (let frame = 0; frame < 20; frame++) {
      expect(plan.next().denoise).toBe(false);
      plan.done(frame % 3 === 2, 12);
    }
  });

  it('alternates whole frame and middle above 40 ms, still looking for inverted codes', () => {
    const seen = run(30, 50).slice(10);
    expect(seen.filter((attempt) => attempt.crop)).toHaveLength(10);
    expect(seen.every((attempt) => attempt.invert)).toBe(true);
  });

  it('above 60 ms looks for inverted codes in every kind of attempt, but not every time', () => {
    const seen = run(49, 130).slice(9);
    for (const crop of [true, false]) {
      const inverted = seen.filter((attempt) => attempt.crop === crop && attempt.invert).length;
      expect(inverted).toBe(10);
    }
  });
});
