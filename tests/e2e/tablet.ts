import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext } from 'playwright-core';
import { CHROMIUM_ARGS, findChromium } from '../../tools/chromium.ts';

interface TabletLook {
  readonly viewport: { readonly width: number; readonly height: number };
  readonly locale: string;
  readonly timeZone?: string;
  readonly colorScheme?: 'light' | 'dark';
  /** Device pixels per CSS pixel. */
  readonly scale?: number;
}

/** A browser with storage of its own; it can be closed and opened again, and then finds what it had. */
export interface Tablet {
  /** @param clip what the camera sees; without it, Chromium's test picture, which holds no code */
  open(clip?: string): Promise<BrowserContext>;
  dispose(): Promise<void>;
}

export function makeTablet({ viewport, locale, timeZone, colorScheme, scale }: TabletLook): Tablet {
  const folder = mkdtempSync(join(tmpdir(), 'regulars-tablet-'));
  let opened: BrowserContext | null = null;
  return {
    open: async (clip) => {
      opened = await chromium.launchPersistentContext(folder, {
        executablePath: await findChromium(),
        args: [
          ...CHROMIUM_ARGS,
          '--use-fake-device-for-media-stream',
          '--use-fake-ui-for-media-stream',
          ...(clip === undefined ? [] : [`--use-file-for-fake-video-capture=${clip}`]),
        ],
        viewport,
        locale,
        timezoneId: timeZone ?? 'Europe/Budapest',
        colorScheme: colorScheme ?? 'light',
        deviceScaleFactor: scale ?? 1,
        acceptDownloads: true,
      });
      return opened;
    },
    dispose: async () => {
      await opened?.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}
