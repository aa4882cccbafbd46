import type { ProfileDates } from '../loyalty/decision.ts';
import type { Profile } from './documents.ts';

/** A member of whom nothing personal is known. */
export function emptyProfile(member: string): Profile {
  return {
    member,
    name: null,
    callName: null,
    phone: null,
    email: null,
    birthday: null,
    nameDay: null,
    language: null,
    marketing: null,
  };
}

/** What the engine needs of a profile. */
export function profileDates(profile: Profile | null): ProfileDates {
  return { birthday: profile?.birthday ?? null, nameDay: profile?.nameDay ?? null, leapDay: '02-28' };
}
