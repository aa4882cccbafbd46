import type { ProfileDates } from '../../loyalty/decision.ts';
import type { Profile, ProfilePatch } from '../../protocol/documents.ts';
import { emptyProfile, profileDates } from '../../protocol/profile.ts';
import { type Batch, type BatchMember, changeDocument, ensureMember } from './batch/batch.ts';
import { cardOf, memberOfCard } from './cards.ts';

/** Applies a patch to a profile. An erased member stays erased, whatever comes later. */
export function applyPatch(batch: Batch, patch: ProfilePatch): void {
  const card = cardOf(patch.member);
  const { member } = card ? memberOfCard(batch, card, 'static') : ensureMember(batch, patch.member);
  const entry = batch.profiles.get(member);
  if (entry?.erased) return;
  putProfile(batch, { ...(entry?.data ?? emptyProfile(member)), ...patch.fields, member });
}

/** Takes a whole profile of a member of whom nothing is known here; one that was erased stays erased. */
export function takeProfile(batch: Batch, profile: Partial<Profile> & Pick<Profile, 'member'>): void {
  if (!batch.profiles.has(profile.member)) putProfile(batch, { ...emptyProfile(profile.member), ...profile });
}

/** Moves what was written about an alias to the member that stands for it; what that one says itself stays. */
export function joinProfiles(batch: Batch, alias: string, member: string): void {
  const from = batch.profiles.get(alias)?.data;
  const to = batch.profiles.get(member);
  if (!from) return;
  // Whoever was erased stays erased, also under the other name.
  if (to?.erased) batch.erased.push(alias);
  else {
    const own = Object.entries(to?.data ?? {}).filter(([, value]) => value !== null);
    putProfile(batch, { ...from, ...Object.fromEntries(own), member });
  }
  // Personal data stands in one place, so that erasing it there is enough.
  batch.profiles.set(alias, { data: null, erased: true });
  changeDocument(batch, { kind: 'profile', id: alias, data: null });
}

/** Removes all that is personal about a member, for good. */
export function eraseProfiles(batch: Batch, { member, state }: Pick<BatchMember, 'member' | 'state'>): void {
  for (const id of [member, ...state.aliases]) {
    batch.profiles.set(id, { data: null, erased: true });
    changeDocument(batch, { kind: 'profile', id, data: null });
    batch.erased.push(id);
  }
}

/** The dates that rules may ask for. */
export function datesOf(batch: Batch, { member }: BatchMember): ProfileDates {
  return profileDates(batch.profiles.get(member)?.data ?? null);
}

function putProfile(batch: Batch, data: Profile): void {
  batch.profiles.set(data.member, { data, erased: false });
  changeDocument(batch, { kind: 'profile', id: data.member, data });
}
