import { useEffect, useState } from 'react';
import { rotatingText, untilNextWindow } from '../../protocol/card/rotatingCode.ts';
import type { Kept } from '../phone/storage.ts';

export interface Shown {
  readonly text: string;
  /** false: the keys have run out, and the code is the static one. */
  readonly rotating: boolean;
}

/**
 * What the QR says now, renewed with every half minute of the server's clock, so that a phone whose clock is wrong shows a
 * fresh code too. `null` until the first one is worked out.
 */
export function useRotatingText({ card, offset }: Kept): Shown | null {
  const [shown, setShown] = useState<Shown | null>(null);
  const { qrPrefix, token, rotating } = card;
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let stopped = false;
    const renew = async () => {
      clearTimeout(timer);
      const now = Date.now() + offset;
      const text = await rotatingText(qrPrefix, token, rotating, now);
      if (stopped) return;
      setShown({ text: text ?? qrPrefix + token, rotating: text !== null });
      timer = setTimeout(() => void renew(), untilNextWindow(now) + 20);
    };
    // A phone that slept has an old code on the screen: its timers come late.
    const onVisible = () => {
      if (document.visibilityState === 'visible') void renew();
    };
    void renew();
    document.addEventListener('visibilitychange', onVisible);
    return () => {
      stopped = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', onVisible);
    };
  }, [qrPrefix, token, rotating, offset]);
  return shown;
}
