import { useSyncExternalStore } from 'react';

const watching = (query: MediaQueryList) => (): boolean =>
  useSyncExternalStore(
    (listener) => {
      query.addEventListener('change', listener);
      return () => query.removeEventListener('change', listener);
    },
    () => query.matches,
  );

/** A landscape tablet, where the counter has two columns; else the parts lie below each other. */
export const useWide = watching(window.matchMedia('(min-width: 900px) and (min-aspect-ratio: 1/1)'));

/** Room for more than two rewards above the products and the main button. */
export const useTall = watching(window.matchMedia('(min-height: 900px)'));
