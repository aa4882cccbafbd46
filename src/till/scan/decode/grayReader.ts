import {
  BINARIZERS,
  CHARACTER_SETS,
  EAN_ADD_ON_SYMBOLS,
  TEXT_MODES,
  defaultReaderOptions,
  encodeFormats,
  type ZXingReaderModule,
  type ZXingReaderOptions,
} from 'zxing-wasm/reader';
import type { Attempt } from './attemptPlan.ts';
import type { Corners, Decoded } from './decoder.ts';
import { middleOf, type Gray } from './gray.ts';

export interface GrayReader {
  /** Looks for a QR code; null when there is no readable one. Corners as shares of the whole picture. */
  read(gray: Gray, attempt: Attempt): Decoded | null;
}

/** The memory of every module that Emscripten makes; its own types are not ours to depend on. */
interface Heap {
  readonly HEAPU8: Uint8Array;
  _malloc(size: number): number;
  _free(at: number): void;
}

/**
 * zxing-cpp's options for one attempt. Downscaling is what reads dim and noisy screens, inverting what reads dark-mode
 * codes; rotating buys nothing, since a QR code is found at any angle anyway.
 */
function optionsFor({ invert, denoise }: Attempt): ZXingReaderOptions {
  return {
    ...defaultReaderOptions,
    formats: encodeFormats(['QRCode']),
    maxNumberOfSymbols: 1,
    tryHarder: true,
    tryDownscale: true,
    tryInvert: invert,
    tryRotate: false,
    tryDenoise: denoise,
    textMode: TEXT_MODES.indexOf('Plain'),
    binarizer: BINARIZERS.indexOf('LocalAverage'),
    eanAddOnSymbol: EAN_ADD_ON_SYMBOLS.indexOf('Ignore'),
    characterSet: CHARACTER_SETS.indexOf('Unknown'),
  };
}

/**
 * Reads gray pictures with the module itself. The package's own `readBarcodes` takes color pixels only, which a camera
 * frame would first have to be turned into; that costs more than finding the code.
 */
export function grayReader(plain: ZXingReaderModule): GrayReader {
  const module = plain as ZXingReaderModule & Heap;
  const { _malloc: allocate, _free: release } = module;
  // One piece of the module's memory for all pictures of a size.
  let room = { at: 0, size: 0 };
  const reserve = (size: number): number => {
    if (size > room.size) {
      if (room.at !== 0) release(room.at);
      room = { at: allocate(size), size };
      if (room.at === 0) throw new Error(`no memory for a picture of ${size} bytes`);
    }
    return room.at;
  };
  return {
    read(gray, attempt) {
      const area = attempt.crop ? middleOf(gray) : { left: 0, top: 0, width: gray.width, height: gray.height };
      const at = reserve(area.width * area.height);
      for (let row = 0; row < area.height; row++) {
        const start = (area.top + row) * gray.stride + area.left;
        // Asked anew for every row: the module's memory moves when it grows.
        module.HEAPU8.set(gray.bytes.subarray(start, start + area.width), at + row * area.width);
      }
      const found = module.readBarcodesFromPixmap(at, area.width, area.height, optionsFor(attempt));
      const first = found.size() > 0 ? found.get(0) : undefined;
      if (!first?.isValid) return null;
      const share = ({ x, y }: { x: number; y: number }) => ({
        x: (x + area.left) / gray.width,
        y: (y + area.top) / gray.height,
      });
      const { topLeft, topRight, bottomRight, bottomLeft } = first.position;
      const corners: Corners = [share(topLeft), share(topRight), share(bottomRight), share(bottomLeft)];
      return { text: first.text, corners };
    },
  };
}
