import { useEffect, useState } from 'react';
import type { Today } from '../../till.ts';
import { useDesk } from '../app/context.tsx';

/** Several changes in a row (a pull, its status) are one reason to count anew. */
const SETTLE_MS = 150;

/** The day's figures, worked out anew when something was recorded or synced; null until they are known. */
export function useToday(day: string | null = null): Today | null {
  const { till } = useDesk();
  const [today, setToday] = useState<Today | null>(null);
  useEffect(() => {
    let current = true;
    let waiting: ReturnType<typeof setTimeout> | undefined;
    let seen = till.status.get();
    const count = async (): Promise<void> => {
      const next = await till.today(day);
      if (current) setToday(next);
    };
    const soon = (): void => {
      clearTimeout(waiting);
      waiting = setTimeout(() => void count(), SETTLE_MS);
    };
    const leave = [
      till.recent.subscribe(soon),
      till.status.subscribe(() => {
        const now = till.status.get();
        if (
          now.unsent !== seen.unsent ||
          now.unsentPatches !== seen.unsentPatches ||
          now.lastSyncAt !== seen.lastSyncAt
        )
          soon();
        seen = now;
      }),
    ];
    void count();
    return () => {
      current = false;
      clearTimeout(waiting);
      leave.forEach((stop) => stop());
    };
  }, [till, day]);
  return today;
}
