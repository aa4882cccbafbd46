import { defaultPolicies } from '../../../loyalty/policies/defaultPolicies.ts';
import { policiesOf } from '../../../loyalty/policies/policiesOf.ts';
import type { Program } from '../../../loyalty/program.ts';
import type { CardDocument, HistoryEntry } from '../../../protocol/card/cardDocument.ts';
import type { ShopFace } from '../../../protocol/card/cardApi.ts';
import { cardDayKeyOf, dayKeyOf, utcDayOf } from '../../../protocol/card/rotatingCode.ts';
import { typedCodeOf } from '../../../protocol/card/typedCode.ts';
import type { Deps } from '../../deps.ts';
import { getDocument, listDocuments } from '../../store/documents.ts';
import { readHistory } from '../../store/cardHistory.ts';
import { readMember } from '../../store/members.ts';
import type { PhoneSession } from '../../store/cards.ts';
import { rotationSecretOf } from './cardKeys.ts';
import { historyOf } from './history.ts';

type Needs = Pick<Deps, 'db' | 'clock' | 'random' | 'config'>;

const DAY_MS = 86_400_000;
/** A phone that was not online for so long shows its static code. */
const DAYS_AHEAD = 30;
const HISTORY = 60;

/** A shop as a customer sees it; `null` where there is none, or it is not set up yet. */
export async function shopFace(deps: Pick<Deps, 'db'>, business: string): Promise<ShopFace | null> {
  const found = await getDocument(deps.db, business, 'business', business);
  const version = found && (await getDocument(deps.db, business, 'program', found.program));
  if (!found || !version) return null;
  const { program: _hash, ...face } = found;
  return { business: face, program: publicProgram(version.program) };
}

/** The card of a phone; `null` where the shop or the member is not there (yet). */
export async function cardDocument(
  deps: Needs,
  session: Pick<PhoneSession, 'business' | 'card' | 'member' | 'token'>,
  recoveryCode: string | null = null,
): Promise<CardDocument | null> {
  const { business, card, token } = session;
  const [face, stored] = [await shopFace(deps, business), await readMember(deps.db, business, session.member)];
  if (!face || !stored) return null;
  const { member, state, gseq } = stored;
  return {
    ...face,
    member,
    token,
    qrPrefix: `${deps.config.publicUrl.toUpperCase()}/C/`,
    typedCode: typedCodeOf(card),
    rotating: await cardDayKeys(deps, business, card),
    state,
    profile: await getDocument(deps.db, business, 'profile', member),
    history: await historyFor(deps, business, [member, ...state.aliases], state, face.program),
    gseq,
    asOf: deps.clock.now(),
    recoveryCode,
  };
}

async function cardDayKeys(deps: Needs, business: string, card: string): Promise<Record<string, string>> {
  const secret = await rotationSecretOf(deps, business);
  const keys: Record<string, string> = {};
  for (let i = -1; i <= DAYS_AHEAD; i += 1) {
    const day = utcDayOf(deps.clock.now() + i * DAY_MS);
    const key = cardDayKeyOf(dayKeyOf(secret, day), card);
    if (key !== null) keys[day] = key;
  }
  return keys;
}

async function historyFor(
  deps: Needs,
  business: string,
  members: readonly string[],
  state: CardDocument['state'],
  current: Omit<Program, 'secret'>,
): Promise<readonly HistoryEntry[]> {
  const events = await readHistory(deps.db, business, members, HISTORY);
  const programs = new Map<string, Program>();
  for (const hash of new Set(events.map(({ event }) => event.program))) {
    const version = await getDocument(deps.db, business, 'program', hash);
    if (version) programs.set(hash, version.program);
  }
  const locations = new Map((await listDocuments(deps.db, business, 'location')).map((each) => [each.id, each.name]));
  return historyOf(events, state, programs, { ...current, secret: '' }, locations);
}

/** Anybody may read it: without the secret that surprises are drawn with, and without what rewards cost and staff may do. */
function publicProgram({ secret: _secret, ...program }: Program): Omit<Program, 'secret'> {
  const rewards = program.rewards.map(({ offline: _offline, ...reward }) => ({ ...reward, costToShop: 0 }));
  const { phoneVoucherMinutes } = policiesOf(program.policies);
  return { ...program, rewards, policies: { ...defaultPolicies, phoneVoucherMinutes } };
}
