import type { CredentialKind, Day, Instant } from '../../loyalty/basics.ts';
import type { GivenOffline, Situation } from '../../loyalty/decision.ts';
import type { Staff } from '../../protocol/documents.ts';
import type { NetworkState } from '../ports.ts';
import type { RecordOptions } from '../till.ts';
import type { OwnEntry } from './ownEntries.ts';
import type { OwnLedger } from './ownLedger.ts';

/** Clocks differ by some minutes, and are set right by them. */
const CLOCK_NOISE_MS = 10 * 60_000;

export interface Moment {
  readonly at: Instant;
  readonly day: Day;
  readonly staff: Staff | null;
  readonly network: NetworkState;
  readonly credential: { readonly kind: CredentialKind; readonly id: string } | null;
  readonly options: RecordOptions;
  /** Server time of what this till knows. */
  readonly asOf: Instant | null;
  /** The voucher from the customer's phone that the request is paid with. */
  readonly reservation: { readonly id: string; readonly until: Instant } | null;
  /** The event that a void or refund reverses. */
  readonly target: { readonly at: Instant; readonly staff: string | null; readonly own: boolean } | null;
}

/** What policies are decided on, from what this till has recorded itself. What was taken back does not count. */
export function situationOf(own: OwnLedger, names: readonly string[], moment: Moment): Situation {
  const { at, network, staff, credential, options, target, reservation } = moment;
  const counts = (entry: OwnEntry) => !own.entries.isReversed(entry.event.id);
  const isOf = new Set(names);
  const latestAt = Math.max(at, own.latestUnsentAt() ?? at);
  const serverAt = Math.max(latestAt + (network.skew ?? 0), moment.asOf ?? 0);
  const redemptions = own.entries.redemptions.filter(counts);
  const goodwills = own.entries.goodwills.filter((entry) => entry.event.staff === (staff?.id ?? null));
  return {
    at,
    online: network.connection === 'online' || network.connection === 'syncing',
    lastSyncAt: network.lastSyncAt,
    staffRole: staff?.role ?? 'staff',
    approvedBy: options.approvedBy ?? null,
    credential: credential?.kind ?? 'manual',
    credentialId: credential?.id ?? null,
    goOn: options.goOn ?? null,
    given: redemptions.flatMap((entry) => givenOffline(own, entry, isOf, network.lastSyncAt) ?? []),
    latestAt,
    serverAt,
    clockBehind: at + (network.skew ?? 0) < serverAt - CLOCK_NOISE_MS,
    reservation: reservation && { ...reservation, used: own.entries.tookReservation(reservation.id) },
    lastEarnAt: lastEarnAt(own.entries.of(names), counts),
    secondPurchase: options.secondPurchase ?? false,
    targetAt: target?.at ?? null,
    ownTarget: target !== null && target.own && target.staff === (staff?.id ?? null),
    goodwillToday: goodwills.filter((entry) => entry.event.day === moment.day && counts(entry)).length,
  };
}

/** `null` for what was given with the server's word: online, or for a voucher from the customer's phone. */
function givenOffline(
  own: OwnLedger,
  entry: OwnEntry,
  isOf: ReadonlySet<string>,
  lastSyncAt: Instant | null,
): GivenOffline | null {
  const { event, at, offline } = entry;
  const { fact, day, member } = event;
  if (fact.kind !== 'redeemed' || fact.reservation !== undefined) return null;
  if (!offline && fact.offline === undefined) return null;
  return {
    reward: fact.reward,
    at,
    day,
    sameMember: isOf.has(member ?? ''),
    // By what the server has confirmed, not by clocks: those can be set.
    thisOutage: own.isUnsent(entry) || (fact.offline?.since ?? null) === (lastSyncAt ?? -1),
    ownWord: fact.goOn?.kind === 'ownWord',
  };
}

function lastEarnAt(entries: readonly OwnEntry[], counts: (entry: OwnEntry) => boolean): Instant | null {
  return entries.findLast((entry) => entry.event.fact.kind === 'sale' && counts(entry))?.at ?? null;
}
