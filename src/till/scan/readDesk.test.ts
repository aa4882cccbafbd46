import { describe, expect, it } from 'vitest';
import type { Decoded } from './decode/decoder.ts';
import { readDesk } from './readDesk.ts';
import type { Read, Verdict } from './read.ts';

const corner = { x: 0, y: 0 };
const seen = (text: string): Decoded => ({ text, corners: [corner, corner, corner, corner] });

function setUp() {
  const sounds: string[] = [];
  const timers = new Map<number, () => void>();
  const clock = { now: 0 };
  const desk = readDesk({
    feedback: { good: () => sounds.push('good'), error: () => sounds.push('error') },
    now: () => clock.now,
    today: () => 1_700_000_000_000 + clock.now,
    setTimer: (callback) => {
      timers.set(timers.size + 1, callback);
      return timers.size;
    },
    clearTimer: (timer) => timers.delete(timer),
  });
  return { desk, sounds, clock, lateNow: () => timers.forEach((callback) => callback()) };
}

function slowReader() {
  const reads: Read[] = [];
  let answer: (verdict: Verdict) => void = () => undefined;
  return {
    reads,
    answer: async (verdict: Verdict) => {
      answer(verdict);
      await new Promise((done) => setTimeout(done));
    },
    onRead: (read: Read) => {
      reads.push(read);
      return new Promise<Verdict>((resolve) => (answer = resolve));
    },
  };
}

describe('readDesk', () => {
  it('passes a code of the camera once, with its source and time, and sounds by the verdict', () => {
    const { desk, sounds, clock } = setUp();
    const reads: Read[] = [];
    desk.enter({ onRead: (read) => (reads.push(read), read.text === 'A' ? 'good' : 'error') });
    expect(desk.saw(seen('A'))).toBe('read');
    clock.now = 40;
    expect(desk.saw(seen('A'))).toBe('repeat');
    expect(desk.saw(seen('B'))).toBe('read');
    expect(reads).toEqual([
      { text: 'A', source: 'camera', at: 1_700_000_000_000 },
      { text: 'B', source: 'camera', at: 1_700_000_000_040 },
    ]);
    expect(sounds).toEqual(['good', 'error']);
  });

  it('takes a rotating code, which changes while it is held, for one', () => {
    const { desk, clock } = setUp();
    const reads: string[] = [];
    desk.enter({ onRead: ({ text }) => void reads.push(text), keyOf: (text) => text.slice(0, 3) });
    desk.saw(seen('NÓRA-1'));
    clock.now = 500;
    expect(desk.saw(seen('NÓRA-2'))).toBe('repeat');
    expect(reads).toEqual(['NÓRA-1']);
  });

  it('holds the camera while a lookup runs; the next code passes as soon as it ends', async () => {
    const { desk } = setUp();
    const reader = slowReader();
    desk.enter(reader);
    desk.saw(seen('A'));
    expect(desk.saw(seen('B'))).toBe('waiting');
    await reader.answer('good');
    expect(desk.saw(seen('B'))).toBe('read');
    expect(reader.reads.map((read) => read.text)).toEqual(['A', 'B']);
  });

  it('keeps the newest keyboard scan that came during a lookup', async () => {
    const { desk } = setUp();
    const reader = slowReader();
    desk.enter(reader);
    desk.came('A', 'wedge');
    desk.came('B', 'wedge');
    desk.came('C', 'typed');
    expect(reader.reads).toHaveLength(1);
    await reader.answer('good');
    expect(reader.reads.map((read) => [read.text, read.source])).toEqual([
      ['A', 'wedge'],
      ['C', 'typed'],
    ]);
  });

  it('does not wait for a lookup that hangs for 5 s', () => {
    const { desk, clock } = setUp();
    const reader = slowReader();
    desk.enter(reader);
    desk.came('A', 'wedge');
    clock.now = 5000;
    desk.came('B', 'wedge');
    expect(reader.reads.map((read) => read.text)).toEqual(['A', 'B']);
  });

  it('sounds good after 80 ms without a verdict, and then only an error adds to it', async () => {
    const { desk, sounds, lateNow } = setUp();
    const reader = slowReader();
    desk.enter(reader);
    desk.came('A', 'wedge');
    lateNow();
    expect(sounds).toEqual(['good']);
    await reader.answer('error');
    expect(sounds).toEqual(['good', 'error']);
  });

  it('goes on after a reader that throws or rejects', async () => {
    const { desk, sounds } = setUp();
    let calls = 0;
    desk.enter({
      onRead: () => {
        calls++;
        if (calls === 1) throw new Error('a bug');
        return Promise.reject(new Error('another'));
      },
    });
    expect(() => desk.came('A', 'typed')).toThrow('a bug');
    desk.came('B', 'typed');
    await new Promise((done) => setTimeout(done));
    desk.came('C', 'typed');
    await new Promise((done) => setTimeout(done));
    expect(calls).toBe(3);
    expect(sounds).toEqual(['error', 'error']);
  });

  it('gives reads to the reader that entered last, until it leaves', () => {
    const { desk } = setUp();
    const reads: string[] = [];
    desk.enter({ onRead: ({ text }) => void reads.push(`shell ${text}`) });
    const leave = desk.enter({ onRead: ({ text }) => void reads.push(`sheet ${text}`) });
    desk.came('A', 'typed');
    leave();
    desk.came('B', 'typed');
    expect(reads).toEqual(['sheet A', 'shell B']);
  });

  it('lets the code in sight pass again when asked to', () => {
    const { desk } = setUp();
    const reads: string[] = [];
    desk.enter({ onRead: ({ text }) => void reads.push(text) });
    desk.saw(seen('A'));
    desk.again();
    desk.saw(seen('A'));
    expect(reads).toEqual(['A', 'A']);
  });
});
