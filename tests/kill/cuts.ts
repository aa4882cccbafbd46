import type { Chance } from './chance.ts';

/** Where the server dies when it is not killed at a random moment. */
export type CutName =
  'BEFORE_COMMIT' | 'AFTER_COMMIT_BEFORE_REPLY' | 'MID_BATCH' | 'IN_CHECKPOINT' | 'IN_MIGRATION' | 'IN_BACKUP';

export interface Cut {
  readonly name: CutName;
  /** Dies when it comes by for the nth time. */
  readonly nth: number;
  /** Of IN_CHECKPOINT and IN_BACKUP: how long after its beginning. */
  readonly afterMs: number;
}

/** The cut points that lie on the way of a push. */
const IN_PUSH = ['BEFORE_COMMIT', 'AFTER_COMMIT_BEFORE_REPLY', 'MID_BATCH'] as const;

/** A cut point for a server under load: later or earlier in its life. */
export function cutInPush(chance: Chance): Cut {
  return { name: chance.pick(IN_PUSH), nth: chance.whole(1, 40), afterMs: 0 };
}

export function cutInCheckpoint(chance: Chance): Cut {
  return { name: 'IN_CHECKPOINT', nth: chance.whole(20, 80), afterMs: chance.share() * 3 };
}

/** A backup takes about a second, most of it to start. */
export function cutInBackup(chance: Chance): Cut {
  return { name: 'IN_BACKUP', nth: 1, afterMs: chance.whole(700, 2000) };
}
