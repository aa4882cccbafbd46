import type { StoreFault, StorePoint } from './faultyStore.ts';
import type { NetworkEvent } from './network.ts';

/** Things that a simulation must really have met; a name that stays at zero means that nothing was tested there. */
export const COUNTERS = [
  'recorded',
  'refused by a rule',
  'a page recorded while its push was under way',
  'server died between commit and answer',
  'server died in a transaction',
] as const;

export type Counter = (typeof COUNTERS)[number] | NetworkEvent | `${StoreFault} ${StorePoint}`;

export type Counters = Partial<Record<Counter, number>>;
