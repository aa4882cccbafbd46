import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { prepareZXingModule } from 'zxing-wasm/reader';
import { beforeAll, describe, expect, it } from 'vitest';
import { CONDITIONS, hardFrames, type HardFrame } from '../../../../tests/e2e/clips/hard-frames.ts';
import { drawRoom, emptyPicture, sensorNoise } from '../../../../tests/e2e/clips/picture.ts';
import { seededRandom } from '../../../../tests/e2e/clips/random.ts';
import { grayOfPixels, type Gray } from './gray.ts';
import { grayReader, type GrayReader } from './grayReader.ts';

const PLAIN = { invert: true, denoise: false, crop: false };
let reader: GrayReader;

beforeAll(async () => {
  const wasm = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'));
  reader = grayReader(
    await prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasm).buffer }, fireImmediately: true }),
  );
});

const grayOf = ({ gray, width, height }: HardFrame): Gray => ({
  bytes: new Uint8Array(gray.buffer),
  stride: width,
  width,
  height,
});

describe('grayReader', () => {
  it('reads most frames that are hard to read', () => {
    const frames = [...hardFrames(11, 2 * CONDITIONS.length)];
    const read = frames.filter((frame) => reader.read(grayOf(frame), PLAIN)?.text === frame.text);
    // Frames out of focus are beyond any engine; of the rest it reads nine tenths.
    expect(read.length).toBeGreaterThan(frames.length * 0.7);
    const inverted = frames.filter((frame) => frame.condition === 'inverted');
    expect(inverted.every((frame) => read.includes(frame))).toBe(true);
  }, 60_000);

  it('reads nothing where there is no code', () => {
    for (let seed = 0; seed < 6; seed++) {
      const random = seededRandom(seed);
      const room = emptyPicture(640, 360);
      drawRoom(room, 60, random);
      const bytes = new Uint8Array(room.luma.length);
      sensorNoise(8, random).addTo(room, bytes);
      const gray = { bytes, stride: 640, width: 640, height: 360 };
      expect(reader.read(gray, { invert: true, denoise: true, crop: false })).toBeNull();
    }
  }, 60_000);

  it('says where the code is, whether whole frame or middle, and whatever the rows are padded to', () => {
    const frame = [...hardFrames(5, 3)][2];
    if (!frame) throw new Error('no frame');
    const whole = reader.read(grayOf(frame), PLAIN);
    const stride = frame.width + 64;
    const bytes = new Uint8Array(stride * frame.height);
    for (let y = 0; y < frame.height; y++)
      bytes.set(frame.gray.subarray(y * frame.width, (y + 1) * frame.width), y * stride);
    const padded = reader.read({ ...grayOf(frame), bytes, stride }, { ...PLAIN, crop: true });
    expect(whole?.text).toBe(frame.text);
    expect(padded?.text).toBe(frame.text);
    whole?.corners.forEach((corner, at) => {
      expect(padded?.corners[at]?.x).toBeCloseTo(corner.x, 1);
      expect(padded?.corners[at]?.y).toBeCloseTo(corner.y, 1);
      expect(corner.x).toBeGreaterThan(0.2);
      expect(corner.x).toBeLessThan(0.8);
    });
  }, 60_000);
});

describe('grayOfPixels', () => {
  it('weighs the colors as the eye does', () => {
    const data = new Uint8ClampedArray([255, 255, 255, 255, 255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255]);
    expect([...grayOfPixels({ data, width: 4, height: 1 }).bytes]).toEqual([255, 76, 149, 29]);
  });
});
