import type { Day } from '../../loyalty/basics.ts';
import type { Effect } from '../../loyalty/effects.ts';
import type { MemberState } from '../../loyalty/state.ts';
import type { Event } from '../../protocol/event.ts';
import type { BatchMember, TargetEntry } from './batch/batch.ts';

/** What was worked out for one event, before anything is changed. */
export interface Booking {
  readonly event: Event;
  readonly day: Day;
  readonly member: BatchMember | null;
  readonly before: MemberState | null;
  readonly after: MemberState | null;
  readonly effects: readonly Effect[];
  readonly target: TargetEntry | null;
  /** What the customer was shown, or what an earlier server had booked. */
  readonly told: readonly Effect[];
}
