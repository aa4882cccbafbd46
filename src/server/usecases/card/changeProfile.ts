import type { Deps } from '../../deps.ts';
import { emptyProfile } from '../../../protocol/profile.ts';
import { lockBusiness } from '../../store/businesses.ts';
import { getDocument, putDocument } from '../../store/documents.ts';
import { readMember } from '../../store/members.ts';

export interface ProfileChange {
  readonly name: string | null;
  readonly callName: string | null;
  readonly language?: string | undefined;
}

/** The customer's own word about themselves; empty texts are nothing. An erased member stays erased. */
export async function changeProfile(
  deps: Pick<Deps, 'db' | 'live'>,
  business: string,
  of: string,
  change: ProfileChange,
): Promise<void> {
  const member = await deps.db.transaction().execute(async (trx) => {
    // Before anything is read: neither a till's patch nor a merge must come in between.
    await lockBusiness(trx, business);
    const member = (await readMember(trx, business, of))?.member ?? of;
    const profile = (await getDocument(trx, business, 'profile', member)) ?? emptyProfile(member);
    const data = {
      ...profile,
      name: change.name || null,
      callName: change.callName || null,
      language: change.language ?? profile.language,
    };
    await putDocument(trx, business, { kind: 'profile', id: member, data });
    return member;
  });
  deps.live.moved(business, { members: [member] });
}
