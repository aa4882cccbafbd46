import { describe, expect, it } from 'vitest';
import { DecoderBroken, type Decoder, type Frame } from './decoder.ts';
import { openDecoder } from './engines.ts';
import { fakeTime, settled } from '../testing/fakeCamera.ts';

const FRAME = { close: () => undefined } as unknown as Frame;

function fakeDecoder(engine: Decoder['engine']) {
  return { engine, closed: false, broken: false, decode(): Promise<null> { return this.broken ? Promise.reject(new DecoderBroken('gone')) : Promise.resolve(null); }, close() { this.closed = true; } }; // prettier-ignore
}

function setUp() {
  const time = fakeTime();
  const used: (Decoder | null)[] = [];
  const main: { ready: (decoder: Decoder) => void; broken: () => void }[] = [];
  let fallbacks = 0;
  const fallback = fakeDecoder('zxing-js');
  const opened = openDecoder((decoder) => used.push(decoder), {
    openMain: () =>
      new Promise((ready, broken) => main.push({ ready, broken: () => broken(new DecoderBroken('no wasm')) })),
    openFallback: () => {
      fallbacks++;
      return Promise.resolve(fallback);
    },
    setTimer: time.setTimer,
  });
  const engines = () => used.map((decoder) => decoder?.engine ?? null);
  return { time, used, main, fallback, opened, engines, fallbacks: () => fallbacks };
}

describe('openDecoder', () => {
  it('uses the main engine and never loads the fall-back where it is ready in time', async () => {
    const { time, main, engines, fallbacks } = setUp();
    main[0]?.ready(fakeDecoder('zxing-wasm'));
    await settled();
    await time.pass(60_000);
    expect(engines()).toEqual(['zxing-wasm']);
    expect(fallbacks()).toBe(0);
  });

  it('takes the fall-back after 5 s, and lets it go when the main engine is ready after all', async () => {
    const { time, main, engines, fallback } = setUp();
    await time.pass(4999);
    expect(engines()).toEqual([]);
    await time.pass(1);
    expect(engines()).toEqual(['zxing-js']);
    main[0]?.ready(fakeDecoder('zxing-wasm'));
    await settled();
    expect(engines()).toEqual(['zxing-js', 'zxing-wasm']);
    expect(fallback.closed).toBe(true);
  });

  it('does not wait where it is clear that the main engine cannot work', async () => {
    const { main, engines } = setUp();
    main[0]?.broken();
    await settled();
    expect(engines()).toEqual(['zxing-js']);
  });

  it('opens a main engine that breaks once more, then stays with the fall-back', async () => {
    const { time, used, main, engines } = setUp();
    const first = fakeDecoder('zxing-wasm');
    main[0]?.ready(first);
    await settled();
    first.broken = true;
    await expect(used[0]?.decode(FRAME)).resolves.toBeNull();
    expect(main).toHaveLength(2);
    const second = fakeDecoder('zxing-wasm');
    main[1]?.ready(second);
    await settled();
    await time.pass(60_000);
    second.broken = true;
    await used[1]?.decode(FRAME);
    await settled();
    expect(engines()).toEqual(['zxing-wasm', 'zxing-wasm', 'zxing-js']);
  });

  it('frees an engine that is ready only after it was closed', async () => {
    const { main, opened, engines } = setUp();
    opened.close();
    const late = fakeDecoder('zxing-wasm');
    main[0]?.ready(late);
    await settled();
    expect(late.closed).toBe(true);
    expect(engines()).toEqual([]);
  });
});
