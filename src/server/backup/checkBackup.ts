import { isPoolForgotten, type SharePool } from '../../loyalty/limits/shares.ts';
import type { MemberState } from '../../loyalty/state.ts';
import { dayOf } from '../../protocol/day.ts';
import type { Business } from '../../protocol/documents.ts';
import { type LedgerEntry, type LedgerFault, Refold, sameState } from '../ledger/batch/refold.ts';
import { BackupProblem, type Header, readBackup, type Row } from './format.ts';
import { decryptProfile, type ProfileKeys } from './profileKeys.ts';

/** What a backup holds of one business. */
export interface BackupHolds {
  readonly business: string;
  readonly head: number;
  readonly members: number;
  /** How far each run of a device is stored in it. */
  readonly streams: readonly { readonly device: string; readonly run: string; readonly through: number }[];
}

export interface BackupCheck {
  readonly header: Header;
  readonly businesses: readonly BackupHolds[];
  /** Sentences; none: ledgers and balances are good. */
  readonly problems: readonly string[];
  /** Profiles without a key: of members who were erased since, or of everybody where the key file is missing. */
  readonly unreadable: number;
}

interface Open {
  readonly business: string;
  readonly head: number;
  readonly chain: string;
  readonly refold: Refold;
  members: number;
  streams: { device: string; run: string; through: number }[];
  differing: string[];
  /** Its settings; they stand before its shares. */
  shop: Business | null;
  /** Pools of shares that are not what the ledger says. */
  pools: string[];
  unreadable: number;
}

/**
 * Opens a backup and works everything out again: its checksum, the chain of every ledger, every balance and pool of shares against the ledger,
 * every profile with its key. Throws a `BackupProblem` where it cannot be read to its end.
 */
export async function checkBackup(file: string, keys: ProfileKeys): Promise<BackupCheck> {
  let header: Header | null = null;
  const all = new Map<string, Open>();
  for await (const part of readBackup(file)) {
    if (part.kind === 'header') header = part.header;
    if (part.kind !== 'row') continue;
    const { table, business } = part.section;
    if (table === 'businesses') open(all, part.row);
    const one = business === null ? undefined : all.get(business);
    if (one) take(one, table, part.row, { keys, at: header?.at ?? 0 });
  }
  if (header === null) throw new BackupProblem('The backup has no header.');
  const opened = [...all.values()];
  return {
    header,
    businesses: opened.map(({ business, head, members, streams }) => ({ business, head, members, streams })),
    problems: opened.flatMap(problemsOf),
    unreadable: opened.reduce((sum, one) => sum + one.unreadable, 0),
  };
}

function open(all: Map<string, Open>, row: Row): void {
  const business = String(row['business']);
  const at = { head: Number(row['head']), chain: String(row['chain']) };
  const refold = new Refold();
  const none = { members: 0, streams: [], differing: [], shop: null, pools: [], unreadable: 0 };
  all.set(business, { business, ...at, refold, ...none });
}

function take(
  one: Open,
  table: string,
  row: Row,
  { keys, at }: { readonly keys: ProfileKeys; readonly at: number },
): void {
  const { refold } = one;
  const text = (column: string) => String(row[column]);
  if (table === 'events') refold.add(row as unknown as LedgerEntry);
  if (table === 'members') {
    one.members += 1;
    const state = JSON.parse(text('state')) as MemberState;
    if (!sameState(refold.stateOf(text('member')), state)) one.differing.push(text('member'));
  }
  if (table === 'documents' && row['kind'] === 'business') one.shop = JSON.parse(text('data')) as Business;
  if (table === 'documents' && row['kind'] === 'shares' && !isOver(one, text('id'), at)) {
    const right: SharePool = refold.pools().get(text('id')) ?? { id: text('id'), accounts: {} };
    if (!sameState(right, JSON.parse(text('data')) as SharePool)) one.pools.push(text('id'));
  }
  if (table === 'profiles' && row['data'] !== null) {
    const key = keys.get(one.business)?.get(text('member'));
    if (key === undefined || decryptProfile(key, text('member'), text('data')) === null) one.unreadable += 1;
  }
  if (table === 'streams' && row['fork_of'] === null) {
    one.streams.push({ device: text('device'), run: text('run'), through: Number(row['stored_through']) });
  }
}

/** What comes of a window that is over for long is counted in the ledger alone. */
function isOver({ shop }: Open, pool: string, at: number): boolean {
  return shop === null || isPoolForgotten(pool, dayOf(at, shop.timeZone, shop.cutOverHour));
}

function problemsOf({ business, head, chain, refold, differing, pools }: Open): string[] {
  const problems: string[] = [];
  if (refold.fault) problems.push(`${business}: ${faultText(refold.fault)}`);
  else if (refold.gseq !== head || refold.chain !== chain) {
    problems.push(`${business}: the ledger ends at entry ${refold.gseq}, its head says ${head}.`);
  }
  if (differing.length > 0) {
    problems.push(
      `${business}: ${differing.length} balances differ from the ledger (${differing.slice(0, 3).join(', ')} ...).`,
    );
  }
  if (pools.length > 0) {
    problems.push(`${business}: ${pools.length} pools of shares differ from the ledger (${pools[0]} ...).`);
  }
  return problems;
}

/** What is wrong with a ledger, as a sentence for the operator. */
export function faultText({ gseq, fault }: LedgerFault): string {
  if (fault === 'missing') return `entry ${gseq} of the ledger is missing.`;
  if (fault === 'changed') return `entry ${gseq} of the ledger was changed: its hash is not that of its bytes.`;
  return `the chain of the ledger breaks at entry ${gseq}.`;
}
