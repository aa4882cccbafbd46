import type { Kysely } from 'kysely';
import type { Document } from '../../protocol/documents.ts';
import { ensureBusiness } from './businesses.ts';
import type { DocumentRow, ProfileRow } from './tables/ledgerTables.ts';
import type { Schema } from './schema.ts';

export type DocumentKind = Document['kind'];
export type DocumentData<K extends DocumentKind> = { [D in Document as D['kind']]: D['data'] }[K];

/** A document on its way into the store; the store gives it its `rev`. */
export type NewDocument = Document extends infer D ? (D extends Document ? Omit<D, 'rev'> : never) : never;

/**
 * Stores a document under the next `rev` of its business, which is returned. Profiles go into their own, erasable table;
 * one that was erased stays erased. Inside a larger change pass the transaction; after the commit tell `deps.live.moved`.
 */
export async function putDocument(db: Kysely<Schema>, business: string, document: NewDocument): Promise<number> {
  // A till that saw the new `rev` without the document would never ask for it again.
  if (!db.isTransaction) return db.transaction().execute((trx) => putDocument(trx, business, document));
  await ensureBusiness(db, business);
  const { rev } = await db
    .updateTable('businesses')
    .set((eb) => ({ rev: eb('rev', '+', 1) }))
    .where('business', '=', business)
    .returning('rev')
    .executeTakeFirstOrThrow();
  await insertDocuments(db, business, [{ ...document, rev } as Document]);
  return rev;
}

/** Writes documents that have their `rev` already, for callers that hold the lock of the business. */
export async function insertDocuments(
  trx: Kysely<Schema>,
  business: string,
  documents: readonly Document[],
): Promise<void> {
  const rows: DocumentRow[] = [];
  const profiles: ProfileRow[] = [];
  for (const { kind, id, rev, data } of documents) {
    if (kind === 'profile') {
      profiles.push({ business, member: id, rev, data: data === null ? null : JSON.stringify(data) });
    } else {
      rows.push({
        business,
        kind,
        id,
        rev,
        ref: refOf({ kind, id, rev, data } as Document),
        data: JSON.stringify(data),
      });
    }
  }
  if (rows.length > 0) {
    await trx
      .insertInto('documents')
      .values(rows)
      .onConflict((c) =>
        c.columns(['business', 'kind', 'id']).doUpdateSet((eb) => ({
          rev: eb.ref('excluded.rev'),
          ref: eb.ref('excluded.ref'),
          data: eb.ref('excluded.data'),
        })),
      )
      .execute();
  }
  if (profiles.length > 0) {
    await trx
      .insertInto('profiles')
      .values(profiles)
      .onConflict((c) =>
        c
          .columns(['business', 'member'])
          .doUpdateSet((eb) => ({ rev: eb.ref('excluded.rev'), data: eb.ref('excluded.data') }))
          // An erased member's tombstone beats whatever comes later.
          .where('profiles.data', 'is not', null),
      )
      .execute();
  }
}

/** What a document is looked up by besides its id. */
function refOf(document: Document): string | null {
  if (document.kind === 'credential') return document.data.member;
  if (document.kind === 'exception') return document.data.closed ? null : document.data.member;
  return null;
}

/** The document, or `null` where there is none (for a profile also: erased). */
export async function getDocument<K extends DocumentKind>(
  db: Kysely<Schema>,
  business: string,
  kind: K,
  id: string,
): Promise<DocumentData<K> | null> {
  const row =
    kind === 'profile'
      ? await db
          .selectFrom('profiles')
          .select('data')
          .where('business', '=', business)
          .where('member', '=', id)
          .executeTakeFirst()
      : await db
          .selectFrom('documents')
          .select('data')
          .where('business', '=', business)
          .where('kind', '=', kind)
          .where('id', '=', id)
          .executeTakeFirst();
  return row?.data ? (JSON.parse(row.data) as DocumentData<K>) : null;
}

/** All documents of a kind, in the order of their ids; profiles are read by member only. */
export async function listDocuments<K extends Exclude<DocumentKind, 'profile'>>(
  db: Kysely<Schema>,
  business: string,
  kind: K,
): Promise<DocumentData<K>[]> {
  const rows = await db
    .selectFrom('documents')
    .select('data')
    .where('business', '=', business)
    .where('kind', '=', kind)
    .orderBy('id')
    .execute();
  return rows.map((row) => JSON.parse(row.data) as DocumentData<K>);
}

/** Documents with a `rev` above the given one, oldest first, at most `limit`. */
export async function documentsSince(
  db: Kysely<Schema>,
  business: string,
  rev: number,
  limit: number,
): Promise<Document[]> {
  const documents = db
    .selectFrom('documents')
    .select(['kind', 'id', 'rev', 'data'])
    .where('business', '=', business)
    .where('rev', '>', rev)
    .orderBy('rev')
    .limit(limit)
    .execute();
  const profiles = db
    .selectFrom('profiles')
    .select(['member', 'rev', 'data'])
    .where('business', '=', business)
    .where('rev', '>', rev)
    .orderBy('rev')
    .limit(limit)
    .execute();
  const all = [
    ...(await documents).map((row) => ({ ...row, data: JSON.parse(row.data) as unknown })),
    ...(await profiles).map(({ member, rev, data }) => ({
      kind: 'profile',
      id: member,
      rev,
      data: data === null ? null : (JSON.parse(data) as unknown),
    })),
  ] as Document[];
  return all.sort((a, b) => a.rev - b.rev).slice(0, limit);
}
