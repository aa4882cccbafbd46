import { stampCard } from '../../loyalty/presets.ts';
import type { Program } from '../../loyalty/program.ts';
import type { Business } from '../../protocol/documents.ts';
import { programHash } from '../../protocol/hash.ts';
import type { Deps } from '../deps.ts';
import { putDocument } from '../store/documents.ts';
import { sampleBusiness } from './sampleBusiness.ts';

export const TEST_SHOP = 'test-shop';

/** Ten stamps make a free coffee that costs the shop 450; one stamp per visit. */
export const testProgram: Program = stampCard({
  scale: 0,
  takes: 10,
  giftIsLast: false,
  giftCost: 450,
  category: null,
});

export const testBusiness: Business = {
  ...sampleBusiness({ id: TEST_SHOP, name: 'Test shop', program: programHash(testProgram) }),
  languages: ['hu', 'en'],
  demo: true,
};

/** A shop with one location (`counter`) and one barista (`barista`). */
export async function createTestShop(deps: Pick<Deps, 'db' | 'clock'>, program = testProgram): Promise<void> {
  const hash = programHash(program);
  const { db } = deps;
  await putDocument(db, TEST_SHOP, { kind: 'business', id: TEST_SHOP, data: { ...testBusiness, program: hash } });
  const version = { hash, publishedAt: deps.clock.now(), program };
  await putDocument(db, TEST_SHOP, { kind: 'program', id: hash, data: version });
  await putDocument(db, TEST_SHOP, { kind: 'location', id: 'counter', data: { id: 'counter', name: 'Counter' } });
  const pin = { salt: 'c2FsdA==', iterations: 1, hash: 'aGFzaA==' };
  const barista = { id: 'barista', name: 'Bea', role: 'staff', active: true, pin } as const;
  await putDocument(db, TEST_SHOP, { kind: 'staff', id: 'barista', data: barista });
}
