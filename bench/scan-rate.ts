import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { BinaryBitmap, DecodeHintType, HybridBinarizer, QRCodeReader, RGBLuminanceSource } from '@zxing/library';
import { prepareZXingModule } from 'zxing-wasm/reader';
import { grayReader } from '../src/till/scan/decode/grayReader.ts';
import { CONDITIONS, hardFrames, type HardFrame } from '../tests/e2e/clips/hard-frames.ts';
import { figure, row, type Bench, type BenchRow } from './row.ts';

const FRAMES_EACH = 24;
const PEER = '@zxing/library TRY_HARDER';

interface Count {
  frames: number;
  ours: number;
  theirs: number;
}

/** Share of hard frames that are read: the engine and options of the till against @zxing/library at its most patient. */
export const scanRate: Bench = {
  name: 'scan.rate',
  async run() {
    const wasm = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'));
    const reader = grayReader(
      await prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasm).buffer }, fireImmediately: true }),
    );
    const counts = new Map<string, Count>();
    for (const frame of hardFrames(20_260, FRAMES_EACH * CONDITIONS.length)) {
      const { text, width, height } = frame;
      const gray = { bytes: new Uint8Array(frame.gray.buffer), stride: width, width, height };
      // A plain first attempt, as the till makes four times out of five: no denoising.
      const ours = reader.read(gray, { invert: true, denoise: false, crop: false })?.text === text;
      const theirs = readTheirs(frame) === text;
      for (const name of ['all', frame.condition]) {
        const count = counts.get(name) ?? { frames: 0, ours: 0, theirs: 0 };
        counts.set(name, {
          frames: count.frames + 1,
          ours: count.ours + Number(ours),
          theirs: count.theirs + Number(theirs),
        });
      }
    }
    return [...counts].map(([name, count]) => rowOf(name === 'all' ? 'scan.rate' : `scan.rate.${name}`, count));
  },
};

function rowOf(bench: string, { frames, ours, theirs }: Count): BenchRow {
  const share = (count: number): number => (100 * count) / frames;
  if (theirs === 0) return { ...figure(bench, '% read', share(ours)), peer: PEER, theirs: 0 };
  return row(bench, '% read', share(ours), PEER, share(theirs));
}

function readTheirs(frame: HardFrame): string | null {
  const source = new RGBLuminanceSource(frame.gray, frame.width, frame.height);
  try {
    const hints = new Map([[DecodeHintType.TRY_HARDER, true]]);
    return new QRCodeReader().decode(new BinaryBitmap(new HybridBinarizer(source)), hints).getText();
  } catch {
    return null;
  }
}
