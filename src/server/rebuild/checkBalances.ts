import type { Kysely } from 'kysely';
import type { MemberState } from '../../loyalty/state.ts';
import type { BalanceCheck } from '../../protocol/office/officeApi.ts';
import { bucketOf } from '../../protocol/pages.ts';
import type { Deps } from '../deps.ts';
import { Refold, sameState } from '../ledger/batch/refold.ts';
import { lockBusiness, readHead } from '../store/businesses.ts';
import { ledgerPage } from '../store/reports.ts';
import type { Schema } from '../store/schema.ts';
import { comparePools } from './comparePools.ts';

/** Entries, and members, in one go: a server that is at work answers in between. */
const ENTRIES_AT_ONCE = 1000;
const MEMBERS_AT_ONCE = 500;
/** Members that are listed; there is never one, and never many. */
const MOST_LISTED = 100;

export interface CheckOptions {
  /** Write what the ledger says where a balance differs. */
  readonly repair: boolean;
  /** Who asked in the office; `null`: the command. */
  readonly account: string | null;
  /** Told how many entries are folded, of how many. */
  readonly progress: (done: number, of: number) => void;
}

/**
 * Works every balance of a business out again from what its ledger has booked, and compares: the difference is zero, or
 * something is wrong with this database. The same for the pools of shares. Checks hashes and chain on the way. Runs beside sales; what happens meanwhile is
 * folded in. Every check is recorded, and what it repaired. Booked effects themselves are never touched.
 */
export async function checkBalances(
  deps: Pick<Deps, 'db' | 'clock' | 'random' | 'turn'>,
  business: string,
  { repair, account, progress }: CheckOptions,
): Promise<BalanceCheck> {
  const { db, clock, random, turn } = deps;
  const at = clock.now();
  const refold = new Refold();
  const head = (await readHead(db, business))?.head ?? 0;
  while (refold.gseq < head) {
    const rows = await ledgerPage(db, business, refold.gseq, ENTRIES_AT_ONCE);
    if (rows.length === 0) break;
    for (const row of rows) refold.add(row);
    progress(refold.gseq, head);
    await turn?.();
  }
  const differing: string[] = [];
  const seen = new Set<string>();
  for (let after = '', more = true; more;) {
    const page = await db.transaction().execute((trx) => comparePage(trx, business, refold, { after, repair }));
    for (const member of page.members) seen.add(member);
    differing.push(...page.differing);
    after = page.members.at(-1) ?? after;
    more = page.members.length === MEMBERS_AT_ONCE;
    await turn?.();
  }
  const end = await db.transaction().execute(async (trx) => {
    const rest = await compareRest(trx, business, refold, { seen, repair });
    return { ...rest, shares: await comparePools(trx, business, refold, { now: clock.now(), repair }) };
  });
  const all = [...differing, ...end.differing, ...end.missing];
  const check: BalanceCheck = {
    at,
    seconds: Math.round((clock.now() - at) / 100) / 10,
    members: seen.size + end.unseen,
    entries: refold.gseq,
    chain: refold.chain,
    fault: refold.fault ?? endFault(refold, end.head),
    differing: all.length,
    listed: all.slice(0, MOST_LISTED),
    repaired: repair ? all.length : 0,
    shares: {
      pools: end.shares.pools,
      differing: end.shares.differing.length,
      listed: end.shares.differing.slice(0, MOST_LISTED),
      repaired: repair ? end.shares.differing.length : 0,
    },
  };
  const row = { business, id: random.id(), at, account, result: JSON.stringify(check) };
  await db.insertInto('balance_checks').values(row).execute();
  return check;
}

/** The check that was made last, `null` before the first. */
export async function lastCheck({ db }: Pick<Deps, 'db'>, business: string): Promise<BalanceCheck | null> {
  const row = await db
    .selectFrom('balance_checks')
    .select('result')
    .where('business', '=', business)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ? (JSON.parse(row.result) as BalanceCheck) : null;
}

/** Entries that the head names and the ledger does not have. */
function endFault(refold: Refold, head: { readonly head: number; readonly chain: string } | null) {
  if (!head || refold.gseq > head.head) return null;
  if (refold.gseq < head.head) return { gseq: refold.gseq + 1, fault: 'missing' } as const;
  return refold.chain === head.chain ? null : ({ gseq: refold.gseq, fault: 'chain' } as const);
}

async function comparePage(
  trx: Kysely<Schema>,
  business: string,
  refold: Refold,
  { after, repair }: { readonly after: string; readonly repair: boolean },
) {
  // For as long as this page takes, nothing is booked: states and ledger are of one moment.
  await lockBusiness(trx, business);
  await foldOn(trx, business, refold);
  const rows = await trx
    .selectFrom('members')
    .select(['member', 'state'])
    .where('business', '=', business)
    .where('member', '>', after)
    .orderBy('member')
    .limit(MEMBERS_AT_ONCE)
    .execute();
  const differing: string[] = [];
  for (const { member, state } of rows) {
    if (sameState(refold.stateOf(member), JSON.parse(state) as MemberState)) continue;
    differing.push(member);
    if (repair) await writeState(trx, business, refold, member);
  }
  return { members: rows.map((row) => row.member), differing };
}

/** Folds what was booked since. */
async function foldOn(trx: Kysely<Schema>, business: string, refold: Refold): Promise<void> {
  for (;;) {
    const rows = await ledgerPage(trx, business, refold.gseq, ENTRIES_AT_ONCE);
    for (const row of rows) refold.add(row);
    if (rows.length < ENTRIES_AT_ONCE) return;
  }
}

async function writeState(trx: Kysely<Schema>, business: string, refold: Refold, member: string): Promise<void> {
  await trx
    .updateTable('members')
    .set({ state: JSON.stringify(refold.stateOf(member)) })
    .where('business', '=', business)
    .where('member', '=', member)
    .execute();
}

/** What came while the pages were compared, up to the ledger's end: whoever joined meanwhile stands before the page. */
async function compareRest(
  trx: Kysely<Schema>,
  business: string,
  refold: Refold,
  { seen, repair }: { readonly seen: ReadonlySet<string>; readonly repair: boolean },
) {
  const head = await lockBusiness(trx, business);
  await foldOn(trx, business, refold);
  const unseen = [...refold.members()].filter((member) => !seen.has(member));
  const missing = new Set(unseen);
  const differing: string[] = [];
  for (let at = 0; at < unseen.length; at += MEMBERS_AT_ONCE) {
    const rows = await trx
      .selectFrom('members')
      .select(['member', 'state'])
      .where('business', '=', business)
      .where('member', 'in', unseen.slice(at, at + MEMBERS_AT_ONCE))
      .execute();
    for (const { member, state } of rows) {
      missing.delete(member);
      if (sameState(refold.stateOf(member), JSON.parse(state) as MemberState)) continue;
      differing.push(member);
      if (repair) await writeState(trx, business, refold, member);
    }
  }
  if (repair) await insertMissing(trx, business, refold, missing);
  return { head, unseen: unseen.length, differing, missing };
}

async function insertMissing(
  trx: Kysely<Schema>,
  business: string,
  refold: Refold,
  missing: ReadonlySet<string>,
): Promise<void> {
  for (const member of missing) {
    const state = JSON.stringify(refold.stateOf(member));
    await trx
      .insertInto('members')
      .values({ business, member, bucket: bucketOf(member), gseq: refold.gseq, state, alias_of: null })
      .onConflict((c) => c.columns(['business', 'member']).doNothing())
      .execute();
  }
}
