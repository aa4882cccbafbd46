import { useCallback, useEffect, useRef, useState } from 'react';
import { ask } from './api.ts';
import type { Answer, Problem } from './api.ts';
import { useOffice } from './context.ts';

export interface Load<T> {
  /** The newest answer; stays while a later one is on its way or fails. */
  readonly value: T | null;
  readonly problem: Problem | null;
  readonly reload: () => Promise<void>;
}

/**
 * What a screen shows from the server. Asks again when the network or the tab comes back, and every `everyMs` while the
 * tab is seen.
 */
export function useLoad<T>(path: string, everyMs?: number): Load<T> {
  const { sessionEnded } = useOffice();
  const [loaded, setLoaded] = useState<{ path: string; value: T } | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  /** An answer to an older question must not replace a newer one's. */
  const newest = useRef(0);

  const question = useCallback(() => {
    newest.current += 1;
    const number = newest.current;
    const take = (answer: Answer<T>): void => {
      if (number !== newest.current) return;
      if (answer.ok) setLoaded({ path, value: answer.value });
      else if (answer.problem.kind === 'signedOut') sessionEnded();
      setProblem(answer.ok ? null : answer.problem);
    };
    return ask<T>('GET', path).then(take);
  }, [path, sessionEnded]);

  useEffect(() => {
    const again = () => {
      if (document.visibilityState === 'visible') void question();
    };
    again();
    addEventListener('online', again);
    document.addEventListener('visibilitychange', again);
    const timer = everyMs === undefined ? undefined : setInterval(again, everyMs);
    return () => {
      newest.current += 1;
      removeEventListener('online', again);
      document.removeEventListener('visibilitychange', again);
      clearInterval(timer);
    };
  }, [question, everyMs]);

  return { value: loaded?.path === path ? loaded.value : null, problem, reload: question };
}
