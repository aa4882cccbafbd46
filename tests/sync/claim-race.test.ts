import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { toHex } from '../../src/protocol/bytes.ts';
import { issueCardToken } from '../../src/protocol/card/cardToken.ts';
import { getDocument } from '../../src/server/store/documents.ts';
import { onPostgres } from '../../src/server/testing/testStore.ts';
import { cardSigner } from '../../src/server/usecases/card/cardKeys.ts';
import { claimCard } from '../../src/server/usecases/card/join.ts';
import { recordServerEventsIn } from '../../src/server/usecases/recordServerEvents.ts';
import { eachWorld } from './eachWorld.ts';
import { BUSINESS, type World } from './world.ts';

let world: World;
eachWorld((made) => (world = made));

/** Resolves when somebody waits for a lock in this database; on SQLite whoever writes waits from the begin. */
async function somebodyWaits(): Promise<void> {
  for (let waiting = !onPostgres; !waiting;) {
    const { rows } = await sql`
      select 1 from pg_locks join pg_stat_activity using (pid)
      where not granted and datname = current_database()`.execute(world.deps.db);
    waiting = rows.length > 0;
  }
}

test('a paper card that goes onto a phone while a till brings it stays one member', async () => {
  const { deps } = world;
  const card = toHex(deps.random.bytes(16));
  const token = await issueCardToken(await cardSigner(deps, BUSINESS), BUSINESS, card, 1000);
  let claim: ReturnType<typeof claimCard> | undefined;
  await deps.db.transaction().execute(async (trx) => {
    const fact = { kind: 'credentialIssued', credential: card, credentialKind: 'static' } as const;
    const enrolled = { kind: 'enrolled', via: 'till' } as const;
    const acts = [enrolled, fact].map((one) => ({ member: 'anna', staff: null, fact: one }));
    await recordServerEventsIn(trx, deps, BUSINESS, acts);
    claim = claimCard(deps, token, { joinId: 'once', language: 'en', secret: undefined });
    await somebodyWaits();
  });
  expect(await claim).toMatchObject({ ok: true });
  expect(await getDocument(deps.db, BUSINESS, 'credential', card)).toMatchObject({ member: 'anna' });
  const phones = await deps.db.selectFrom('phone_cards').select('member').execute();
  expect(phones.map(({ member }) => member)).toEqual(['anna', 'anna']);
});
