import { useEffect, useState } from 'react';

/** The time of day, told again every so many ms; stands still while `on` is false. */
export function useNow(every: number, on = true): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!on) return undefined;
    const tell = () => setNow(Date.now());
    const first = setTimeout(tell);
    const timer = setInterval(tell, every);
    return () => {
      clearTimeout(first);
      clearInterval(timer);
    };
  }, [every, on]);
  return now;
}
