import type { Kysely } from 'kysely';
import type { ProgramVersion } from '../../protocol/documents.ts';
import { programHash } from '../../protocol/hash.ts';
import { programSchema } from '../../protocol/schemas/programSchema.ts';
import type { BusinessRow } from '../store/tables/ledgerTables.ts';
import { insertDocuments } from '../store/documents.ts';
import type { Schema } from '../store/schema.ts';

/**
 * Stores program versions that a till brings because this server has lost them. A version is named by its content, so
 * what is not what its name says is left out; events that name it are then booked as they were told.
 */
export async function storePrograms(
  trx: Kysely<Schema>,
  head: BusinessRow,
  versions: readonly ProgramVersion[],
): Promise<void> {
  for (const version of versions) {
    const read = programSchema.safeParse(version.program);
    if (!read.success || programHash(read.data) !== version.hash) continue;
    const known = await trx
      .selectFrom('documents')
      .select('id')
      .where('business', '=', head.business)
      .where('kind', '=', 'program')
      .where('id', '=', version.hash)
      .executeTakeFirst();
    if (known) continue;
    head.rev += 1;
    // Whoever published it, it was not this life of the database, which would have it.
    const data = { ...version, program: read.data, life: null };
    await insertDocuments(trx, head.business, [{ kind: 'program', id: version.hash, rev: head.rev, data }]);
  }
}
