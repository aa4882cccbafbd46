import { sql, type Kysely } from 'kysely';
import type { Instant } from '../../loyalty/basics.ts';
import type { Redeemed } from '../../loyalty/facts.ts';
import type { OwnerCodes, Staff } from '../../protocol/documents.ts';
import type { Event } from '../../protocol/event.ts';
import { listDocuments } from '../store/documents.ts';
import { padded } from '../store/padded.ts';
import { reservationsById } from '../store/reservations.ts';
import type { ReservationRow } from '../store/tables/riskTables.ts';
import type { Schema } from '../store/schema.ts';

/** A redemption as the checks of risk look at it. */
export interface Given {
  readonly id: string;
  readonly device: string;
  readonly run: string;
  readonly staff: string | null;
  /** Whom it was booked under. */
  readonly member: string | null;
  readonly at: Instant;
  readonly day: string;
  readonly fact: Redeemed;
}

/** What redemptions are checked against; empty, and loaded with no query at all, where none has come. */
export interface Risk {
  /** Redemptions of the members and tills concerned, in the order of the ledger; booking adds to it. */
  readonly given: Map<string, Given>;
  /** Redemptions that their own till took back. */
  readonly takenBack: Set<string>;
  readonly reservations: Map<string, ReservationRow>;
  /** Reservations that were used in this transaction. */
  readonly usedNow: Set<string>;
  readonly roles: Map<string, Staff['role']>;
  readonly ownerCodes: Map<string, OwnerCodes>;
}

/** Enough for any pair that is asked about; what is further back counts as unknown. */
const MOST = 500;

/** Reads what the events of a batch are judged by: what their tills gave away before, reservations, roles. One read for all of them. */
export async function loadRisk(
  trx: Kysely<Schema>,
  business: string,
  events: readonly Event[],
  members: readonly string[],
): Promise<Risk> {
  const redemptions = events.flatMap((event) => (event.fact.kind === 'redeemed' ? [{ event, fact: event.fact }] : []));
  const risk: Risk = {
    given: new Map(),
    takenBack: new Set(),
    reservations: new Map(),
    usedNow: new Set(),
    roles: new Map(),
    ownerCodes: new Map(),
  };
  if (redemptions.length === 0) return risk;
  const offline = redemptions.filter(({ fact }) => fact.offline !== undefined);
  const rows = [
    ...(await redeemedBy(trx, business, members)),
    ...(await recordedAt(trx, business, [...new Set(offline.map(({ event }) => event.device))])),
  ].sort((a, b) => a.gseq - b.gseq);
  for (const { bytes, member } of rows) rememberGiven(risk, JSON.parse(bytes) as Event, member);
  const ids = redemptions.flatMap(({ fact }) => fact.reservation ?? []);
  for (const row of await reservationsById(trx, business, ids)) risk.reservations.set(row.id, row);
  if (offline.length > 0 || redemptions.some(({ fact }) => fact.approvedBy !== null)) {
    for (const { id, role } of await listDocuments(trx, business, 'staff')) risk.roles.set(id, role);
  }
  if (redemptions.some(({ fact }) => fact.goOn?.kind === 'ownerCode')) {
    for (const codes of await listDocuments(trx, business, 'ownerCodes')) risk.ownerCodes.set(codes.device, codes);
  }
  return risk;
}

/** Takes note of an event that later ones of the same transaction are checked against. */
export function rememberGiven(risk: Risk, event: Event, member: string | null): void {
  const { id, device, run, staff, at, day, fact } = event;
  if (fact.kind === 'redeemed') risk.given.set(id, { id, device, run, staff, member, at, day, fact });
  else if (fact.kind === 'voided' && risk.given.get(fact.target)?.device === device) risk.takenBack.add(fact.target);
}

async function redeemedBy(trx: Kysely<Schema>, business: string, members: readonly string[]) {
  if (members.length === 0) return [];
  return (
    trx
      .selectFrom('events')
      .select(['gseq', 'bytes', 'member'])
      .where('business', '=', business)
      .where('member', 'in', padded([...members]))
      // Written out, so that the partial index is found.
      .where(sql<boolean>`kind = 'redeemed'`)
      .orderBy('gseq', 'desc')
      .limit(MOST)
      .execute()
  );
}

async function recordedAt(trx: Kysely<Schema>, business: string, devices: readonly string[]) {
  if (devices.length === 0) return [];
  return trx
    .selectFrom('events')
    .select(['gseq', 'bytes', 'member'])
    .where('business', '=', business)
    .where('device', 'in', padded([...devices]))
    .where(sql<boolean>`kind in ('redeemed', 'voided')`)
    .orderBy('gseq', 'desc')
    .limit(MOST)
    .execute();
}
