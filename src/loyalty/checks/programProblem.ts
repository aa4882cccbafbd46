/** What is wrong with a program, as data: where, and what. An empty list: it can be published. */
export interface ProgramProblem {
  /** `rules/full/do/0/reward`: the part that is meant, by ids and positions. */
  readonly at: string;
  readonly kind:
    | 'badId'
    | 'duplicateId'
    | 'nameMissing'
    | 'notWhole'
    | 'notPositive'
    | 'outOfRange'
    | 'unknownUnit'
    | 'unknownReward'
    | 'unknownTier'
    | 'cardMissing'
    | 'cardMismatch'
    | 'severalRemainders'
    | 'stackingModes'
    | 'badDay'
    | 'tooDeep'
    /** A limit for all tills needs a window that begins and ends for all of them at once. */
    | 'windowNotShared'
    /** What a tier gives is never refused, so that its rules can have no limit per device or business. */
    | 'limitNotHeld'
    /** Two limits of the same kind in the same window: one of them would never count. */
    | 'duplicateLimit';
}

export type Report = (at: string, kind: ProgramProblem['kind']) => void;

/** Whole and at least 1; absent is fine. */
export function checkCount(n: number | undefined, at: string, report: Report): void {
  if (n === undefined) return;
  if (!Number.isSafeInteger(n)) report(at, 'notWhole');
  else if (n < 1) report(at, 'notPositive');
}

/** Whole and not below zero. */
export function checkMoney(n: number, at: string, report: Report): void {
  if (!Number.isSafeInteger(n)) report(at, 'notWhole');
  else if (n < 0) report(at, 'notPositive');
}
