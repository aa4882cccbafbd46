import type { ReaderOptions } from 'zxing-wasm/reader';
import type { Attempt } from './attempt-plan.ts';

/**
 * zxing-cpp's options for one attempt. Downscaling is what reads dim and noisy screens, inverting what reads dark-mode
 * codes; rotating buys nothing, since a QR code is found at any angle anyway.
 */
export function readOptions({ invert, denoise }: Attempt): ReaderOptions {
  return {
    formats: ['QRCode'],
    maxNumberOfSymbols: 1,
    tryHarder: true,
    tryDownscale: true,
    tryInvert: invert,
    tryRotate: false,
    tryDenoise: denoise,
    textMode: 'Plain',
  };
}
