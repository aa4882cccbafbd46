import type { MemberState } from '../state.ts';

type Writable<T> = T extends readonly (infer U)[] ? U[] : { -readonly [K in keyof T]: T[K] };
type Part = { [K in keyof MemberState]-?: MemberState[K] extends object ? K : never }[keyof MemberState];

/** A state being changed: each part is copied at its first change, so that many effects cost one copy. */
export interface Draft {
  readonly state: { -readonly [K in keyof MemberState]: MemberState[K] };
  readonly own: Set<Part>;
}

/** Starts changing; `state` itself stays as it is. */
export function draftOf(state: MemberState): Draft {
  return { state: { ...state }, own: new Set() };
}

/** One part of the state, owned by the draft, so that it may be written. */
export function mine<K extends Part>(draft: Draft, part: K): Writable<MemberState[K]> {
  const current: MemberState[Part] = draft.state[part];
  if (!draft.own.has(part)) {
    draft.own.add(part);
    const copy: unknown = Array.isArray(current) ? current.slice() : { ...current };
    draft.state[part] = copy as MemberState[K];
  }
  return draft.state[part] as Writable<MemberState[K]>;
}
