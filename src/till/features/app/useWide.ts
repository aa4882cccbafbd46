import { useSyncExternalStore } from 'react';

const query = window.matchMedia('(min-width: 900px) and (min-aspect-ratio: 1/1)');

/** A landscape tablet, where the counter has two columns; else the parts lie below each other. */
export const useWide = (): boolean =>
  useSyncExternalStore(
    (listener) => {
      query.addEventListener('change', listener);
      return () => query.removeEventListener('change', listener);
    },
    () => query.matches,
  );
