import type { Kysely } from 'kysely';
import type { MemberState } from '../../loyalty/state.ts';
import type { Schema } from './schema.ts';

/** A member's canonical state as of `gseq`; `member` is the one that stands for it, should it have been merged. */
export interface StoredMember {
  readonly member: string;
  readonly state: MemberState;
  readonly gseq: number;
}

/** More aliases in a row than any merging of duplicates makes; a loop would be a bug. */
const LONGEST_ALIAS_CHAIN = 20;

/** Reads a member, following merges; `null` where the ledger knows none of that id. */
export async function readMember(db: Kysely<Schema>, business: string, member: string): Promise<StoredMember | null> {
  let id = member;
  for (let step = 0; step < LONGEST_ALIAS_CHAIN; step++) {
    const row = await db
      .selectFrom('members')
      .select(['member', 'state', 'gseq', 'alias_of'])
      .where('business', '=', business)
      .where('member', '=', id)
      .executeTakeFirst();
    if (!row) return null;
    if (row.alias_of === null) {
      return { member: row.member, state: JSON.parse(row.state) as MemberState, gseq: row.gseq };
    }
    id = row.alias_of;
  }
  throw new Error('Aliases of members run in a circle.');
}

/** Members as customers see them: not those that were merged into another one. */
export async function countMembers(db: Kysely<Schema>, business: string): Promise<number> {
  const { n } = await db
    .selectFrom('members')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('business', '=', business)
    .where('alias_of', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(n);
}
