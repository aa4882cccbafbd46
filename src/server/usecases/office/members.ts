import { view } from '../../../loyalty/view.ts';
import { dayOf } from '../../../protocol/day.ts';
import type { Profile } from '../../../protocol/documents.ts';
import type { OfficeMember } from '../../../protocol/office/officeApi.ts';
import { emptyProfile, profileDates } from '../../../protocol/profile.ts';
import type { Deps } from '../../deps.ts';
import { getDocument } from '../../store/documents.ts';
import { readMember } from '../../store/members.ts';

/** Members that one search shows; who looks for somebody types more. */
const MOST = 20;
const PAGE = 1000;
const SHORTEST = 2;

/**
 * Members by what their name, phone number or e-mail address contains, accents and case aside, or by their id. Reads through
 * all profiles: the office asks seldom, and nothing about people is indexed twice.
 */
export async function searchMembers(
  deps: Pick<Deps, 'db' | 'clock'>,
  business: string,
  query: string,
): Promise<OfficeMember[]> {
  const words = folded(query).split(/\s+/).filter(Boolean);
  const digits = query.replaceAll(/[^\d]/g, '').replace(/^(00|06|36)/, '');
  if (query.trim().length < SHORTEST) return [];
  const found: Profile[] = [];
  const byId = await readMember(deps.db, business, query.trim());
  if (byId) found.push((await getDocument(deps.db, business, 'profile', byId.member)) ?? emptyProfile(byId.member));
  for await (const profile of profilesOf(deps, business)) {
    if (found.length >= MOST) break;
    const { name, callName, email, phone } = profile;
    const text = folded([name, callName, email].filter(Boolean).join(' '));
    const isIt = words.every((word) => text.includes(word));
    const hasNumber = digits.length >= 4 && (phone ?? '').replaceAll(/[^\d]/g, '').includes(digits);
    if (isIt || hasNumber) found.push(profile);
  }
  const members: OfficeMember[] = [];
  for (const profile of found) {
    const member = await memberOf(deps, business, profile);
    if (member && !members.some((one) => one.id === member.id)) members.push(member);
  }
  return members;
}

async function* profilesOf({ db }: Pick<Deps, 'db'>, business: string): AsyncGenerator<Profile> {
  for (let after = ''; ;) {
    const rows = await db
      .selectFrom('profiles')
      .select(['member', 'data'])
      .where('business', '=', business)
      .where('member', '>', after)
      .where('data', 'is not', null)
      .orderBy('member')
      .limit(PAGE)
      .execute();
    for (const { data } of rows) if (data !== null) yield JSON.parse(data) as Profile;
    after = rows.at(-1)?.member ?? '';
    if (rows.length < PAGE) return;
  }
}

async function memberOf(
  deps: Pick<Deps, 'db' | 'clock'>,
  business: string,
  profile: Profile,
): Promise<OfficeMember | null> {
  const stored = await readMember(deps.db, business, profile.member);
  const shop = await getDocument(deps.db, business, 'business', business);
  const version = shop && (await getDocument(deps.db, business, 'program', shop.program));
  if (!stored || !shop) return null;
  const today = dayOf(deps.clock.now(), shop.timeZone, shop.cutOverHour);
  // Without a program there is nothing to hold yet.
  const shown = version && view(version.program, stored.state, profileDates(profile), today);
  return {
    id: stored.member,
    name: profile.name,
    phone: profile.phone,
    email: profile.email,
    enrolledOn: stored.state.enrolledOn,
    lastVisit: stored.state.lastVisit,
    visits: shown?.visits ?? 0,
    cards: Object.values(stored.state.credentials).filter((card) => !card.revoked).length,
    balances: (shown?.balances ?? []).map(({ unit, kind, name, amount }) => ({ unit, kind, name, amount })),
  };
}

/** Without accents and case. */
function folded(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{M}+/gu, '')
    .toLowerCase();
}
