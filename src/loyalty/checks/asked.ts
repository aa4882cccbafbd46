import type { Context, Situation } from '../decision.ts';
import type { Program } from '../program.ts';
import type { MemberState } from '../state.ts';

/** All that a request is judged by. */
export interface Asked {
  readonly program: Program;
  readonly state: MemberState;
  readonly context: Context;
  readonly situation: Situation;
}
