import { useEffect } from 'react';
import { useDesk, useScreen } from '../app/context.tsx';

/** So long a recorded sale stays in sight when nothing else happens; then the counter is empty for the next customer. */
const SHOWN_MS = 60_000;
/** What a scan could not open is history sooner. */
const TROUBLE_SHOWN_MS = 30_000;

export function useAutoClear(): void {
  const { act, screen } = useDesk();
  const done = useScreen((now) => now.done);
  const notice = useScreen((now) => now.notice);
  useEffect(() => {
    if (done === null) return undefined;
    const timer = setTimeout(() => {
      const now = screen.getState();
      if (now.done === done && now.sheet === null && now.page === 'counter') act.clear();
    }, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [done, act, screen]);
  useEffect(() => {
    if (notice?.kind !== 'trouble') return undefined;
    const timer = setTimeout(
      () => screen.setState((now) => (now.notice === notice ? { notice: null } : {})),
      TROUBLE_SHOWN_MS,
    );
    return () => clearTimeout(timer);
  }, [notice, screen]);
}
