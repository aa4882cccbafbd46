import type { Deps } from '../deps.ts';
import { findSession } from '../store/cards.ts';
import { getDocument, putDocument } from '../store/documents.ts';
import { emptyProfile } from '../../protocol/profile.ts';
import { joinByPhone } from '../usecases/card/join.ts';
import { hashToken } from '../usecases/tokens.ts';
import { emptyState } from '../../loyalty/emptyState.ts';
import type { MemberState } from '../../loyalty/state.ts';
import { DEMO_BUSINESS } from './access.ts';
import { NORA, NORA_PHONE, PEOPLE } from './people.ts';
import type { DemoPerson } from './people.ts';

/** A regular with the card and, while the month is made up, what is on it. */
export interface DemoMember {
  readonly person: DemoPerson;
  readonly member: string;
  readonly card: string;
  state: MemberState;
}

const nora: DemoPerson = {
  name: NORA,
  callName: 'Nóra',
  language: 'hu',
  phone: NORA_PHONE,
  joined: 30,
  often: 0,
  till: 0,
};

/** Those who join on the day that was so many days ago, each with a phone and a card of their own. */
export async function joinOn(
  deps: Pick<Deps, 'db' | 'clock' | 'random' | 'live'>,
  ago: number,
): Promise<readonly DemoMember[]> {
  const joined: DemoMember[] = [];
  for (const person of [nora, ...PEOPLE]) {
    if (person.joined === ago) joined.push(await join(deps, person));
  }
  return joined;
}

async function join(deps: Pick<Deps, 'db' | 'clock' | 'random' | 'live'>, person: DemoPerson): Promise<DemoMember> {
  const { language, name, callName, phone } = person;
  const done = await joinByPhone(deps, {
    business: DEMO_BUSINESS,
    joinId: deps.random.id(),
    language,
    secret: undefined,
  });
  if (!done.ok) throw new Error('A new phone can always join.');
  const session = await findSession(deps.db, hashToken(done.secret), DEMO_BUSINESS);
  if (!session) throw new Error('Who has joined has a session.');
  const { member, card } = session;
  const profile = (await getDocument(deps.db, DEMO_BUSINESS, 'profile', member)) ?? emptyProfile(member);
  const data = { ...profile, name, callName, phone, language };
  await putDocument(deps.db, DEMO_BUSINESS, { kind: 'profile', id: member, data });
  return { person, member, card, state: emptyState() };
}
