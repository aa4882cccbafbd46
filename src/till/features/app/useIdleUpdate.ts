import { useEffect } from 'react';
import { isBusy } from '../screen/screen.ts';
import type { Desk } from './context.tsx';

/** Nobody has touched the till for so long, and nothing is open: the moment for a new version. */
const IDLE_MS = 60_000;
const LOOK_EVERY_MS = 5000;

/** Puts a waiting version in place when nobody would notice; never in the middle of a sale. */
export function useIdleUpdate({ updates, screen }: Desk): void {
  useEffect(() => {
    let touchedAt = performance.now();
    const touch = (): void => {
      touchedAt = performance.now();
    };
    const look = (): void => {
      if (!updates.ready.get() || isBusy(screen.getState()) || performance.now() - touchedAt < IDLE_MS) return;
      updates.apply();
    };
    const events = ['pointerdown', 'keydown'] as const;
    for (const event of events) document.addEventListener(event, touch, { capture: true, passive: true });
    // A scan changes the screen without a touch.
    const leave = screen.subscribe(touch);
    const timer = setInterval(look, LOOK_EVERY_MS);
    return () => {
      for (const event of events) document.removeEventListener(event, touch, { capture: true });
      leave();
      clearInterval(timer);
    };
  }, [updates, screen]);
}
