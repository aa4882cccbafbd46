import { useCallback, useEffect, useRef, useState } from 'react';
import { ask } from './api.ts';
import type { Problem } from './api.ts';
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
  const current = useRef(path);

  const reload = useCallback(async () => {
    current.current = path;
    const answer = await ask<T>('GET', path);
    if (current.current !== path) return;
    if (answer.ok) setLoaded({ path, value: answer.value });
    else if (answer.problem.kind === 'signedOut') sessionEnded();
    setProblem(answer.ok ? null : answer.problem);
  }, [path, sessionEnded]);

  useEffect(() => {
    void reload();
    const again = () => {
      if (document.visibilityState === 'visible') void reload();
    };
    addEventListener('online', again);
    document.addEventListener('visibilitychange', again);
    const timer = everyMs === undefined ? undefined : setInterval(again, everyMs);
    return () => {
      removeEventListener('online', again);
      document.removeEventListener('visibilitychange', again);
      clearInterval(timer);
    };
  }, [reload, everyMs]);

  return { value: loaded?.path === path ? loaded.value : null, problem, reload };
}
