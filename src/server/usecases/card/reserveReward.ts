import type { Kysely } from 'kysely';
import type { Refusal, Situation } from '../../../loyalty/decision.ts';
import { quietSituation } from '../../../loyalty/policies/quietSituation.ts';
import type { Redeemed } from '../../../loyalty/facts.ts';
import { policiesOf } from '../../../loyalty/policies/policiesOf.ts';
import { propose } from '../../../loyalty/propose.ts';
import { toHex } from '../../../protocol/bytes.ts';
import type { NoVoucher, VoucherAnswer } from '../../../protocol/card/cardApi.ts';
import { dayOf } from '../../../protocol/day.ts';
import { profileDates } from '../../../protocol/profile.ts';
import { issueVoucher } from '../../../protocol/card/voucherToken.ts';
import type { Deps } from '../../deps.ts';
import { lockBusiness } from '../../store/businesses.ts';
import type { PhoneSession } from '../../store/cards.ts';
import { getDocument } from '../../store/documents.ts';
import { readMember, type StoredMember } from '../../store/members.ts';
import { insertReservation, reservationsSince } from '../../store/reservations.ts';
import type { ReservationRow } from '../../store/tables/riskTables.ts';
import type { Schema } from '../../store/schema.ts';
import { recordServerEventsIn } from '../recordServerEvents.ts';
import { cardSigner } from './cardKeys.ts';

type Needs = Pick<Deps, 'db' | 'clock' | 'random' | 'live' | 'config'>;

const DAY_MS = 86_400_000;
/** Each one is an entry in the ledger: plenty for a day of anybody's, and no way to fill it. */
const MOST_PER_DAY = 20;

/** What the customer's phone asks for. */
export interface VoucherWish {
  readonly reward: string;
  /** The member's voucher, or the name of what a date has made due; `null`: the balance pays. */
  readonly voucher: string | null;
}

/**
 * Keeps a reward for the member for some minutes and signs the voucher by which an offline till gives it. Asking again for
 * the same thing meanwhile gives the same voucher, so that a lost answer or a second tap holds nothing twice.
 */
export async function reserveReward(
  deps: Needs,
  session: Pick<PhoneSession, 'business' | 'card' | 'member'>,
  wish: VoucherWish,
): Promise<VoucherAnswer> {
  const { business, card } = session;
  // Made before the transaction, so that no other writer waits for it.
  const signer = await cardSigner(deps, business);
  const kept = await deps.db.transaction().execute((trx) => keep(trx, deps, session, wish));
  if (!kept.ok) return kept;
  const { row, member, fresh } = kept;
  if (fresh) deps.live.moved(business, { members: [member] });
  const { id, reward, voucher, due, ends_at: until } = row;
  const promise = { cardId: card, reservation: id, reward, voucher, isDue: due !== null, until };
  const token = await issueVoucher(signer, business, promise);
  if (token === null) return { ok: false, because: 'notAvailable' };
  const text = `${deps.config.publicUrl.toUpperCase()}/C/${token}`;
  return { ok: true, voucher: { text, reward, until } };
}

type Kept =
  | { readonly ok: true; readonly row: ReservationRow; readonly member: string; readonly fresh: boolean }
  | Extract<VoucherAnswer, { ok: false }>;

async function keep(
  trx: Kysely<Schema>,
  deps: Needs,
  { business, card, member: id }: Pick<PhoneSession, 'business' | 'card' | 'member'>,
  wish: VoucherWish,
): Promise<Kept> {
  // Before anything is read: two phones of one member never both find the same reward free.
  await lockBusiness(trx, business);
  const shop = await getDocument(trx, business, 'business', business);
  const version = shop && (await getDocument(trx, business, 'program', shop.program));
  const stored = await readMember(trx, business, id);
  if (!shop || !version || !stored) return no('notAvailable');
  const minutes = policiesOf(version.program.policies).phoneVoucherMinutes;
  if (minutes === 0) return no('off');
  const now = deps.clock.now();
  const today = await reservationsSince(trx, business, stored.member, now - DAY_MS);
  const open = today.filter((row) => row.ends_at > now && row.used_by === null);
  const same = open.find(
    (row) => row.reward === wish.reward && (wish.voucher === null || row.voucher === wish.voucher) && row.card === card,
  );
  if (same) return { ok: true, row: same, member: stored.member, fresh: false };
  if (today.length >= MOST_PER_DAY) return no('tooMany');
  const day = dayOf(now, shop.timeZone, shop.cutOverHour);
  const profile = profileDates(await getDocument(trx, business, 'profile', stored.member));
  const proposal = propose(
    version.program,
    stored.state,
    { kind: 'redeem', reward: wish.reward, voucher: wish.voucher },
    { event: 'asked', day, profile, target: null, other: null },
    momentOf(now, card),
  );
  if (!proposal.ok) return no(because(proposal.refusal));
  const { voucher, due } = proposal.fact as Redeemed;
  const row: ReservationRow = {
    business,
    id: toHex(deps.random.bytes(16)),
    member: stored.member,
    card,
    reward: wish.reward,
    voucher,
    due,
    made_at: now,
    // Whole seconds, as the voucher carries it.
    ends_at: Math.floor(now / 1000) * 1000 + minutes * 60_000,
    used_by: null,
  };
  await record(trx, deps, row, stored);
  return { ok: true, row, member: stored.member, fresh: true };
}

async function record(trx: Kysely<Schema>, deps: Needs, row: ReservationRow, { member }: StoredMember): Promise<void> {
  const { business, id: reservation, reward, voucher, due, made_at: from, ends_at: until } = row;
  await insertReservation(trx, row);
  const fact = { kind: 'reserved', reservation, reward, voucher, due, from, until } as const;
  await recordServerEventsIn(trx, deps, business, [{ member, fact, staff: null }]);
}

/** The server itself asks: online, and with the card in hand. */
function momentOf(now: number, card: string): Situation {
  return {
    at: now,
    online: true,
    lastSyncAt: now,
    staffRole: 'staff',
    approvedBy: null,
    credential: 'rotating',
    credentialId: card,
    goOn: null,
    given: [],
    latestAt: now,
    serverAt: now,
    ...quietSituation,
  };
}

function because({ kind }: Refusal): NoVoucher {
  if (kind === 'held') return 'held';
  return kind === 'memberBlocked' || kind === 'credentialRevoked' ? 'blocked' : 'notAvailable';
}

function no(reason: NoVoucher): Extract<VoucherAnswer, { ok: false }> {
  return { ok: false, because: reason };
}
