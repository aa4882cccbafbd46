import { useEffect } from 'react';
import { useDesk } from '../app/context.tsx';
import { dropDigit, typeDigit } from '../screen/basket.ts';

/** Keys that follow each other faster come from a keyboard scanner, which must never change an amount. */
const HUMAN_GAP_MS = 60;

/** Digits from a real keyboard go into the amount, wherever the focus is (but for fields and sheets). */
export function useTypedAmount(): void {
  const { screen } = useDesk();
  useEffect(() => {
    let waiting: ReturnType<typeof setTimeout> | undefined;
    let lastAt = 0;
    const onKey = (event: KeyboardEvent): void => {
      const burst = event.timeStamp - lastAt < HUMAN_GAP_MS;
      lastAt = event.timeStamp;
      clearTimeout(waiting);
      if (burst || event.ctrlKey || event.metaKey || event.altKey || event.target instanceof HTMLInputElement) return;
      const { sheet, redemption, page, done } = screen.getState();
      if (sheet || redemption || page !== 'counter' || done?.kind === 'recorded') return;
      const change = /^\d$/.test(event.key) ? typeDigit : event.key === 'Backspace' ? dropDigit : null;
      if (!change) return;
      waiting = setTimeout(
        () => screen.setState(({ basket }) => ({ basket: change(basket, event.key) })),
        HUMAN_GAP_MS,
      );
    };
    document.addEventListener('keydown', onKey);
    return () => {
      clearTimeout(waiting);
      document.removeEventListener('keydown', onKey);
    };
  }, [screen]);
}
