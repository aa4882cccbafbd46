import Database from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { both, points, stampCard } from '../../src/loyalty/presets.ts';
import type { Program, Rule } from '../../src/loyalty/program.ts';
import { programHash } from '../../src/protocol/hash.ts';
import type { Deps } from '../../src/server/deps.ts';
import { insertSigningKey } from '../../src/server/store/cards.ts';
import { putDocument } from '../../src/server/store/documents.ts';
import { ensureEpoch } from '../../src/server/store/epoch.ts';
import { migrate } from '../../src/server/store/migrate.ts';
import type { Schema } from '../../src/server/store/schema.ts';
import { sampleBusiness } from '../../src/server/testing/sampleBusiness.ts';
import { BEGIN } from './virtualTime.ts';

/** Businesses of every world; their ids stand in all that is theirs, so that it is seen where it must not be. */
export const BUSINESSES = ['biz-one', 'biz-two', 'biz-three'] as const;
export const LOCATIONS = ['main', 'station'] as const;
export const STAFF = ['owner', 'manager', 'barista'] as const;

/** How many a day get what `early` gives, in the whole business, however many tills are blind to each other. */
export const EARLY = { pool: 'early/business/', n: 3 };

function withEarly(program: Program): Program {
  const rule: Rule = {
    id: 'early',
    name: { en: 'Early birds' },
    on: { kind: 'sale' },
    who: null,
    when: null,
    do: [{ kind: 'credit', unit: 'card', amount: { kind: 'fixed', n: 1 } }],
    limits: [{ n: EARLY.n, per: 'business', window: { kind: 'calendar', of: 'day' } }],
    stacking: null,
    active: null,
  };
  return { ...program, rules: [...program.rules, rule] };
}

/** Programs that shops change between. None expires: what a till and the oracle count must not depend on the day. */
export const PROGRAMS: readonly Program[] = [
  withEarly(stampCard({ scale: 0, takes: 3, giftIsLast: false, giftCost: 400, category: null })),
  withEarly(both({ scale: 0, takes: 4, giftIsLast: true, giftCost: 450 })),
  stampCard({ scale: 0, takes: 2, giftIsLast: false, giftCost: 500, category: null }),
  points({ scale: 0, give: 1, per: 100 }),
];

let prepared: Promise<Buffer> | null = null;

/** A migrated database with the three businesses in it, made once per process; the same bytes for every run. */
export function preparedDatabase(): Promise<Buffer> {
  prepared ??= prepare();
  return prepared;
}

async function prepare(): Promise<Buffer> {
  const sqlite = new Database(':memory:');
  const db = new Kysely<Schema>({ dialect: new SqliteDialect({ database: sqlite }) });
  await migrate(db);
  await ensureEpoch(db, 'epoch-0');
  for (const [n, business] of BUSINESSES.entries()) await openShop(db, business, n);
  const bytes = sqlite.serialize();
  await db.destroy();
  return bytes;
}

async function openShop(db: Deps['db'], business: string, n: number): Promise<void> {
  const program = programOf(business, n);
  await publish(db, business, program);
  for (const id of LOCATIONS) {
    await putDocument(db, business, { kind: 'location', id, data: { id, name: `${id} of ${business}` } });
  }
  const pin = { salt: 'c2FsdA==', iterations: 1, hash: 'aGFzaA==' };
  for (const id of STAFF) {
    const role = id === 'barista' ? 'staff' : id;
    await putDocument(db, business, {
      kind: 'staff',
      id,
      data: { id, name: `${id} of ${business}`, role, active: true, pin },
    });
  }
  await insertSigningKey(db, { business, kid: 1, x: `x-${business}`, y: `y-${business}`, d: 'd', created_at: BEGIN });
}

/** One of the programs as this business has it. */
export function programOf(business: string, n: number): Program {
  const program = PROGRAMS[n % PROGRAMS.length];
  if (program === undefined) throw new Error('no such program');
  return { ...program, secret: `secret of ${business}` };
}

/** Puts a program in force; gives its hash. */
export async function publish(db: Deps['db'], business: string, program: Program): Promise<string> {
  const hash = programHash(program);
  await putDocument(db, business, { kind: 'program', id: hash, data: { hash, publishedAt: BEGIN, program } });
  const data = sampleBusiness({ id: business, name: `Shop of ${business}`, program: hash });
  await putDocument(db, business, { kind: 'business', id: business, data });
  return hash;
}
