import type { CredentialKind, Day, Instant } from '../../loyalty/basics.ts';
import type { Situation } from '../../loyalty/decision.ts';
import type { Staff } from '../../protocol/documents.ts';
import type { NetworkState } from '../ports.ts';
import type { RecordOptions } from '../till.ts';
import type { OwnEntry } from './ownEntries.ts';
import type { OwnLedger } from './ownLedger.ts';

const DAY_MS = 24 * 3600 * 1000;

export interface Moment {
  readonly at: Instant;
  readonly day: Day;
  readonly staff: Staff | null;
  readonly network: NetworkState;
  readonly credential: { readonly kind: CredentialKind; readonly id: string } | null;
  readonly options: RecordOptions;
  /** The event that a void or refund reverses. */
  readonly target: { readonly at: Instant; readonly staff: string | null; readonly own: boolean } | null;
}

/** What policies are decided on, from what this till has recorded itself. What was taken back does not count. */
export function situationOf(own: OwnLedger, names: readonly string[], moment: Moment): Situation {
  const { at, network, staff, credential, options, target } = moment;
  const counts = (entry: OwnEntry) => !own.entries.isReversed(entry.event.id);
  const isOf = new Set(names);
  const offline = own.entries.redemptions.filter((entry) => entry.offline && counts(entry));
  const goodwills = own.entries.goodwills.filter((entry) => entry.event.staff === (staff?.id ?? null));
  return {
    at,
    online: network.connection === 'online' || network.connection === 'syncing',
    lastSyncAt: network.lastSyncAt,
    staffRole: staff?.role ?? 'staff',
    approvedBy: options.approvedBy ?? null,
    credential: credential?.kind ?? 'manual',
    credentialId: credential?.id ?? null,
    redemptionsThisOutage: offline.filter((entry) => entry.at >= (network.lastSyncAt ?? 0)).length,
    memberRedemptions24h: offline.filter((entry) => entry.at > at - DAY_MS && isOf.has(entry.event.member ?? ''))
      .length,
    lastEarnAt: lastEarnAt(own.entries.of(names), counts),
    secondPurchase: options.secondPurchase ?? false,
    targetAt: target?.at ?? null,
    ownTarget: target !== null && target.own && target.staff === (staff?.id ?? null),
    goodwillToday: goodwills.filter((entry) => entry.event.day === moment.day && counts(entry)).length,
  };
}

function lastEarnAt(entries: readonly OwnEntry[], counts: (entry: OwnEntry) => boolean): Instant | null {
  return entries.findLast((entry) => entry.event.fact.kind === 'sale' && counts(entry))?.at ?? null;
}
