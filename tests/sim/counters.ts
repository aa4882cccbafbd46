import type { StoreFault, StorePoint } from './faultyStore.ts';
import type { NetworkEvent } from './network.ts';

/** Things that a simulation must really have met; a name that stays at zero means that nothing was tested there. */
export const COUNTERS = [
  'recorded',
  'refused by a rule',
  'recorded while a round of sync was under way',
  'recorded with a clock off by more than a day',
  'recorded with a clock that stands still',
  'recorded with two tabs open',
  'recorded after the till was revoked',
  'a full disk was told',
  'server died between commit and answer',
  'server died in a transaction',
  'server restored',
  'server restored without a new epoch',
  'storage wiped',
  'storage restored from an old copy',
  'storage cloned',
  'another build with a full ledger',
  'states of another fold',
  'event of an unknown kind in the queue',
  'damaged bytes in the queue',
  'paired again',
  'program changed',
  'given by a share',
  'double redemption',
  'till revoked',
  'members merged',
  'member erased',
] as const;

export type Counter = (typeof COUNTERS)[number] | NetworkEvent | `${StoreFault} ${StorePoint}`;

export type Counters = Partial<Record<Counter, number>>;
