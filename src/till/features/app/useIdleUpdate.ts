import { useEffect } from 'react';
import type { Desk } from './context.tsx';
import { updateWhenIdle, type IdleWorld } from './updateWhenIdle.ts';

const browser: IdleWorld = {
  now: () => performance.now(),
  every: (ms, look) => {
    const timer = setInterval(look, ms);
    return () => clearInterval(timer);
  },
  onTouch: (touched) => {
    const events = ['pointerdown', 'keydown'] as const;
    for (const event of events) document.addEventListener(event, touched, { capture: true, passive: true });
    return () => {
      for (const event of events) document.removeEventListener(event, touched, { capture: true });
    };
  },
};

/** Puts a waiting version in place when nobody would notice. */
export function useIdleUpdate({ updates, screen }: Desk): void {
  useEffect(() => updateWhenIdle(updates, screen, browser), [updates, screen]);
}
