import type { Profile, ProfilePatch } from '../../protocol/documents.ts';
import { emptyProfile } from '../../protocol/profile.ts';

/** The profile with patches on top, in their order; `null` where there is neither. */
export function profileWith(member: string, profile: Profile | null, patches: readonly ProfilePatch[]): Profile | null {
  if (patches.length === 0) return profile;
  return patches.reduce<Profile>((whole, patch) => ({ ...whole, ...patch.fields }), profile ?? emptyProfile(member));
}
