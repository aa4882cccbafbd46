import { describe, expect, it } from 'vitest';
import type { Decoded, Decoder, Frame } from './decode/decoder.ts';
import { scanLoop } from './scanLoop.ts';
import { settled } from './testing/fakeCamera.ts';

/** A frame that only knows its number and whether it was freed. */
function frameNumber(number: number) {
  return { number, freed: false, close() { this.freed = true; } }; // prettier-ignore
}

function setUp(engine: Decoder['engine'] = 'zxing-wasm') {
  const clock = { now: 0 };
  let camera: () => void = () => undefined;
  let shown = 0;
  const grabbed: ReturnType<typeof frameNumber>[] = [];
  const given: number[] = [];
  const results: (Decoded | null)[] = [];
  let answer: { done: (decoded: Decoded | null) => void; fail: (error: Error) => void } | undefined;
  const decoder: Decoder = {
    engine,
    decode: (frame) => {
      given.push((frame as unknown as { number: number }).number);
      return new Promise((done, fail) => (answer = { done, fail }));
    },
    close: () => undefined,
  };
  const stop = scanLoop({
    watch: (onFrame) => {
      camera = onFrame;
      return () => (camera = () => undefined);
    },
    grab: () => {
      const frame = frameNumber(shown);
      grabbed.push(frame);
      return Promise.resolve(frame as unknown as Frame);
    },
    decoder: () => decoder,
    onFrame: () => undefined,
    onResult: (decoded) => results.push(decoded),
    now: () => clock.now,
  });
  return {
    clock,
    given,
    results,
    grabbed,
    stop,
    async frame() {
      shown++;
      camera();
      await settled();
    },
    async answer(decoded: Decoded | null) {
      answer?.done(decoded);
      await settled();
    },
    async fail() {
      answer?.fail(new Error('odd picture'));
      await settled();
    },
  };
}

const CODE: Decoded = { text: 'A', corners: [{ x: 0, y: 0 }, { x: 1, y: 0 }, { x: 1, y: 1 }, { x: 0, y: 1 }] }; // prettier-ignore

describe('scanLoop', () => {
  it('keeps one frame in flight and takes the newest when the engine is free', async () => {
    const loop = setUp();
    await loop.frame();
    await loop.frame();
    await loop.frame();
    expect(loop.given).toEqual([1]);
    await loop.answer(null);
    expect(loop.given).toEqual([1, 3]);
    await loop.answer(CODE);
    expect(loop.results).toEqual([null, CODE]);
    expect(loop.given).toEqual([1, 3]);
    await loop.frame();
    expect(loop.given).toEqual([1, 3, 4]);
  });

  it('goes on after an exception', async () => {
    const loop = setUp();
    await loop.frame();
    await loop.fail();
    await loop.frame();
    await loop.answer(CODE);
    expect(loop.given).toEqual([1, 2]);
    expect(loop.results).toEqual([CODE]);
  });

  it('drops what arrives after it was stopped, and takes no more frames', async () => {
    const loop = setUp();
    await loop.frame();
    loop.stop();
    await loop.answer(CODE);
    await loop.frame();
    expect(loop.results).toEqual([]);
    expect(loop.given).toEqual([1]);
  });

  it('slows down to 15 attempts a second after 10 s without a read, and is fast again after one', async () => {
    const loop = setUp();
    loop.clock.now = 10_001;
    await loop.frame();
    await loop.answer(null);
    loop.clock.now += 33;
    await loop.frame();
    expect(loop.given).toEqual([1]);
    loop.clock.now += 33;
    await loop.frame();
    expect(loop.given).toEqual([1, 3]);
    await loop.answer(CODE);
    loop.clock.now += 33;
    await loop.frame();
    expect(loop.given).toEqual([1, 3, 4]);
  });

  it('leaves the screen as much time as the fall-back takes, which works on the main thread', async () => {
    const loop = setUp('zxing-js');
    await loop.frame();
    loop.clock.now = 50;
    await loop.answer(null);
    loop.clock.now = 83;
    await loop.frame();
    expect(loop.given).toEqual([1]);
    loop.clock.now = 116;
    await loop.frame();
    expect(loop.given).toEqual([1, 3]);
  });
});
