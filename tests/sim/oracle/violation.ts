/** Invariants that the oracle holds, by the name under which a failure is told. */
export type Invariant =
  | 'nothing lost'
  | 'nothing doubled'
  | 'done means stored'
  | 'no hole'
  | 'immutable'
  | 'chain'
  | 'balances'
  | 'cursor and data'
  | 'tenants apart'
  | 'revoked pulls nothing'
  | 'recording always works'
  | 'exceptions'
  | 'limits'
  | 'days'
  | 'erased stays erased'
  | 'queues run empty'
  | 'all tills equal the server'
  | 'nothing held is missing'
  | 'no crash of the program'
  | 'settles';

/** Something that must never happen has happened. */
export class Violation extends Error {
  readonly invariant: Invariant;

  constructor(invariant: Invariant, message: string) {
    super(`${invariant}: ${message}`);
    this.invariant = invariant;
  }
}

export function must(holds: boolean, invariant: Invariant, message: () => string): asserts holds {
  if (!holds) throw new Violation(invariant, message());
}
