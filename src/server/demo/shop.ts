import { both } from '../../loyalty/presets.ts';
import type { Program, RewardDefinition } from '../../loyalty/program.ts';
import type { Business } from '../../protocol/documents.ts';
import { programHash } from '../../protocol/hash.ts';
import type { Deps } from '../deps.ts';
import { putDocument } from '../store/documents.ts';
import { pinVerifier } from '../usecases/office/pin.ts';
import { DEMO_BUSINESS, DEMO_STAFF } from './access.ts';

export const DEMO_LOCATIONS = [
  {
    id: 'demo-bartok',
    name: 'Bartók Béla út',
    hours: Array.from({ length: 7 }, () => ({ from: 7 * 60, to: 18 * 60 })),
  },
  { id: 'demo-liget', name: 'Liget' },
] as const;

const pastry: RewardDefinition = {
  id: 'pastry',
  name: { hu: 'Friss péksüti', en: 'Fresh pastry' },
  details: null,
  picture: 'cake',
  gives: { kind: 'freeItem', product: null, category: 'pastry' },
  cost: { unit: 'points', amount: 60 },
  costToShop: 290,
  active: null,
  limits: [],
  onlineOnly: false,
  transferable: false,
};

/** A coffee card of nine and the tenth as a gift, and a point for every 100 forints. */
function demoProgram(): Program {
  const program = both({
    scale: 0,
    takes: 9,
    giftIsLast: true,
    give: 1,
    per: 100,
    secret: 'the demo keeps no secrets',
  });
  const rewards = program.rewards.map((reward): RewardDefinition => {
    if (reward.id === 'off') return { ...reward, name: { hu: '500 Ft kedvezmény', en: '500 Ft off' } };
    if (reward.id !== 'coffee') return reward;
    const cost = { unit: 'points', amount: 100 };
    return {
      ...reward,
      name: { hu: 'Bármilyen kávé', en: 'Any coffee' },
      details: { hu: 'minden méret', en: 'any size' },
      cost,
    };
  });
  return { ...program, rewards: [...rewards, pastry] };
}

/** The sample shop's documents: business, program, two places, people with known PINs. */
export async function createDemoShop(
  deps: Pick<Deps, 'db'>,
  openedAt: number,
): Promise<{ readonly business: Business; readonly program: Program }> {
  const program = demoProgram();
  const hash = programHash(program);
  const business: Business = {
    id: DEMO_BUSINESS,
    name: 'Kávé & Kenyér',
    currency: 'HUF',
    scale: 0,
    timeZone: 'Europe/Budapest',
    cutOverHour: 4,
    languages: ['hu', 'en'],
    color: '#b23a1e',
    address: 'te',
    demo: true,
    program: hash,
  };
  const put = (document: Parameters<typeof putDocument>[2]) => putDocument(deps.db, DEMO_BUSINESS, document);
  await put({ kind: 'program', id: hash, data: { hash, publishedAt: openedAt, program } });
  await put({ kind: 'business', id: DEMO_BUSINESS, data: business });
  for (const data of DEMO_LOCATIONS) await put({ kind: 'location', id: data.id, data });
  const staff = await Promise.all(DEMO_STAFF.map(async (one) => ({ ...one, pin: await pinVerifier(one.pin) })));
  for (const { id, name, role, pin } of staff) {
    await put({ kind: 'staff', id, data: { id, name, role, active: true, pin } });
  }
  return { business, program };
}
