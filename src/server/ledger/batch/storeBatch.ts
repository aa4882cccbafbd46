import type { Kysely } from 'kysely';
import type { Document } from '../../../protocol/documents.ts';
import { bucketOf } from '../../../protocol/pages.ts';
import { writeHead } from '../../store/businesses.ts';
import { insertDocuments } from '../../store/documents.ts';
import { rowWriter } from '../../store/insertRows.ts';
import { EVENT_COLUMNS, type EventRow, MEMBER_COLUMNS, type MemberRow } from '../../store/tables/ledgerTables.ts';
import { markReservationUsed } from '../../store/reservations.ts';
import { forgetMembers } from '../../store/forgetMember.ts';
import type { Schema } from '../../store/schema.ts';
import type { Batch } from './batch.ts';

/** Rows per statement: far below what any database allows as parameters. */
const CHUNK = 100;

const events = rowWriter<EventRow>(EVENT_COLUMNS, (trx, rows) => trx.insertInto('events').values(rows));

const members = rowWriter<MemberRow>(MEMBER_COLUMNS, (trx, rows) =>
  trx
    .insertInto('members')
    .values(rows)
    .onConflict((c) =>
      c.columns(['business', 'member']).doUpdateSet((eb) => ({
        gseq: eb.ref('excluded.gseq'),
        state: eb.ref('excluded.state'),
        alias_of: eb.ref('excluded.alias_of'),
      })),
    ),
);

/** Writes what booking has changed, in the same transaction that loaded it. Returns the members that changed. */
export async function storeBatch(trx: Kysely<Schema>, batch: Batch): Promise<readonly string[]> {
  await events.write(trx, batch.rows);
  const changed = await upsertMembers(trx, batch);
  const profiles = await storeDocuments(trx, batch);
  if (batch.erased.length > 0) await forgetMembers(trx, batch.business, batch.erased);
  for (const id of batch.risk.usedNow) {
    await markReservationUsed(trx, batch.business, id, batch.risk.reservations.get(id)?.used_by ?? '');
  }
  await writeHead(trx, batch.head);
  return [...new Set([...changed, ...profiles])];
}

async function upsertMembers(trx: Kysely<Schema>, batch: Batch): Promise<string[]> {
  const rows: MemberRow[] = [];
  for (const [member, { state, gseq, aliasOf, changed }] of batch.members) {
    if (!changed) continue;
    const { business } = batch;
    rows.push({ business, member, bucket: bucketOf(member), gseq, state: JSON.stringify(state), alias_of: aliasOf });
  }
  await members.write(trx, rows);
  return rows.map((row) => row.member);
}

async function storeDocuments(trx: Kysely<Schema>, batch: Batch): Promise<string[]> {
  for (const key of await known(trx, batch)) batch.changed.delete(key);
  const documents: Document[] = [];
  for (const document of batch.changed.values()) {
    batch.head.rev += 1;
    documents.push({ ...document, rev: batch.head.rev } as Document);
  }
  for (let at = 0; at < documents.length; at += CHUNK) {
    await insertDocuments(trx, batch.business, documents.slice(at, at + CHUNK));
  }
  return documents.flatMap(({ kind, id }) => (kind === 'profile' ? [id] : []));
}

/** Of the exceptions that are raised only once, those that an earlier transaction raised. */
async function known(trx: Kysely<Schema>, batch: Batch): Promise<string[]> {
  const ids = [...batch.onlyOnce].filter((key) => batch.changed.has(key)).map((key) => key.slice('exception/'.length));
  if (ids.length === 0) return [];
  const rows = await trx
    .selectFrom('documents')
    .select('id')
    .where('business', '=', batch.business)
    .where('kind', '=', 'exception')
    .where('id', 'in', ids)
    .execute();
  return rows.map((row) => `exception/${row.id}`);
}
