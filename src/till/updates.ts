import { observable } from './observable.ts';
import type { Observable } from './till.ts';

/** A newer version of the till that waits for its moment. */
export interface Updates {
  /** true while a new version waits. */
  readonly ready: Observable<boolean>;
  /** Puts the new version in place and reloads. To be called only when nothing is open. */
  readonly apply: () => void;
}

/** Where there is no service worker (development, tests). */
export const noUpdates: Updates = { ready: observable(false), apply: () => undefined };
