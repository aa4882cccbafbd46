import type { Updates } from '../../updates.ts';
import { isBusy, type ScreenStore } from '../screen/screen.ts';

/** Nobody has touched the till for so long, and nothing is open: the moment for a new version. */
const IDLE_MS = 60_000;
const LOOK_EVERY_MS = 5000;

/** What is asked of the browser; each gives what ends it. */
export interface IdleWorld {
  /** A steady clock, ms. */
  readonly now: () => number;
  readonly every: (ms: number, look: () => void) => () => void;
  readonly onTouch: (touched: () => void) => () => void;
}

/** Puts a waiting version in place once the till has been left alone for a while; never in the middle of a sale. */
export function updateWhenIdle(updates: Updates, screen: ScreenStore, world: IdleWorld): () => void {
  let touchedAt = world.now();
  const touch = (): void => {
    touchedAt = world.now();
  };
  const endings = [
    world.onTouch(touch),
    // A scan changes the screen without a touch.
    screen.subscribe(touch),
    world.every(LOOK_EVERY_MS, () => {
      if (!updates.ready.get() || isBusy(screen.getState()) || world.now() - touchedAt < IDLE_MS) return;
      updates.apply();
    }),
  ];
  return () => endings.forEach((end) => end());
}
