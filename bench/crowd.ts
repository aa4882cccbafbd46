import { createHash } from 'node:crypto';
import { apply } from '../src/loyalty/apply.ts';
import { effectsOf } from '../src/loyalty/effectsOf.ts';
import { emptyState } from '../src/loyalty/emptyState.ts';
import type { MemberState } from '../src/loyalty/state.ts';
import type { MemberRecord } from '../src/protocol/documents.ts';
import { emptyProfile } from '../src/protocol/profile.ts';
import { bucketOf } from '../src/protocol/pages.ts';
import type { Deps } from '../src/server/deps.ts';
import { insertDocuments } from '../src/server/store/documents.ts';
import { forBusiness } from '../src/server/store/connection/context.ts';
import { sale } from './device.ts';
import { PROGRAM, SHOP } from './shop.ts';

const DAY_MS = 24 * 3_600_000;
const BEGIN = Date.UTC(2026, 0, 5);
const FAMILY = ['Nagy', 'Kovács', 'Tóth', 'Szabó', 'Horváth', 'Varga', 'Kiss', 'Molnár', 'Németh', 'Farkas', 'Balogh'];
const GIVEN = [
  'Anna',
  'Béla',
  'Csilla',
  'Dénes',
  'Éva',
  'Ferenc',
  'Gábor',
  'Hanna',
  'István',
  'Judit',
  'Kata',
  'László',
];

/** The same hundred histories of one to twelve visits, shared by all members. */
const states: readonly MemberState[] = Array.from({ length: 100 }, (_, n) => stateAfter(1 + (n % 12), n));

/** The nth of a shop's customers: a name, a phone, a card, some visits. */
export function customer(n: number): MemberRecord {
  const digest = createHash('sha256').update(`customer ${n}`).digest('hex');
  const member = `${digest.slice(0, 8)}-${digest.slice(8, 12)}-7${digest.slice(13, 16)}-8${digest.slice(17, 20)}-${digest.slice(20, 32)}`;
  const name = `${FAMILY[n % FAMILY.length]} ${GIVEN[(n >> 4) % GIVEN.length]} ${n}`;
  const profile = { ...emptyProfile(member), name, phone: `+3630${String(1_000_000 + n)}` };
  const card = { id: digest.slice(32), member, kind: 'static', revoked: false } as const;
  return { member, gseq: n + 1, state: states[n % states.length] ?? emptyState(), profile, credentials: [card] };
}

/** Puts so many customers into the shop's tables, as if their events had been booked. */
export async function seedCrowd(deps: Deps, count: number): Promise<void> {
  await forBusiness(SHOP, () =>
    deps.db.transaction().execute(async (trx) => {
      for (let from = 0; from < count; from += 500) {
        const records = Array.from({ length: Math.min(500, count - from) }, (_, at) => customer(from + at));
        const rows = records.map(({ member, state }) => ({
          business: SHOP,
          member,
          bucket: bucketOf(member),
          gseq: 0,
          state: JSON.stringify(state),
          alias_of: null,
        }));
        await trx.insertInto('members').values(rows).execute();
        await insertDocuments(
          trx,
          SHOP,
          records.flatMap(({ member, profile, credentials }) => [
            { kind: 'profile', id: member, rev: 1, data: profile } as const,
            ...credentials.map((data) => ({ kind: 'credential', id: data.id, rev: 1, data }) as const),
          ]),
        );
      }
    }),
  );
}

function stateAfter(visits: number, seed: number): MemberState {
  let state = emptyState();
  for (let visit = 0; visit < visits; visit++) {
    const day = new Date(BEGIN + (seed + visit * 3) * DAY_MS).toISOString().slice(0, 10);
    const context = {
      day,
      profile: { birthday: null, nameDay: null, leapDay: '02-28' },
      target: null,
      other: null,
    } as const;
    const event = `019b8e00-0000-7000-8000-${String(seed * 100 + visit).padStart(12, '0')}`;
    const fact = visit === 0 ? ({ kind: 'enrolled', via: 'till' } as const) : sale(seed + visit);
    state = apply(state, effectsOf(PROGRAM, state, fact, { ...context, event }).effects);
  }
  return state;
}
