import type { ProfileDates } from '../../loyalty/decision.ts';
import type { Profile, ProfilePatch } from '../../protocol/documents.ts';

/** The profile with patches on top, in their order; `null` where there is neither. */
export function profileWith(member: string, profile: Profile | null, patches: readonly ProfilePatch[]): Profile | null {
  if (patches.length === 0) return profile;
  return patches.reduce<Profile>((whole, patch) => ({ ...whole, ...patch.fields }), profile ?? emptyProfile(member));
}

function emptyProfile(member: string): Profile {
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
