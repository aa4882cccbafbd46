import { useCallback, useRef, useState } from 'react';
import type { Answer, Problem } from './api.ts';
import { useOffice } from './context.ts';

export interface Save {
  readonly busy: boolean;
  readonly problem: Problem | null;
  readonly clear: () => void;
  /** Runs one change; a second press while it runs does nothing. Gives the value, or null where it was refused. */
  readonly run: <T>(change: () => Promise<Answer<T>>) => Promise<T | null>;
}

/** The state around a button that changes something on the server. */
export function useSave(): Save {
  const { sessionEnded } = useOffice();
  const [busy, setBusy] = useState(false);
  const running = useRef(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const run = useCallback(
    async <T>(change: () => Promise<Answer<T>>): Promise<T | null> => {
      if (running.current) return null;
      running.current = true;
      setBusy(true);
      setProblem(null);
      const answer = await change();
      running.current = false;
      setBusy(false);
      if (answer.ok) return answer.value;
      if (answer.problem.kind === 'signedOut') sessionEnded();
      setProblem(answer.problem);
      return null;
    },
    [sessionEnded],
  );
  const clear = useCallback(() => setProblem(null), []);
  return { busy, problem, clear, run };
}
