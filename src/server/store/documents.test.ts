import { expect, it } from 'vitest';
import { createTestDeps } from '../testing/testDeps.ts';
import { createTestShop, TEST_SHOP } from '../testing/testShop.ts';
import { readHead } from './businesses.ts';
import { putDocument } from './documents.ts';

it('moves the rev of a business on together with the document, or not at all', async () => {
  const { db, clock } = await createTestDeps();
  await createTestShop({ db, clock });
  const before = await readHead(db, TEST_SHOP);
  const name = {
    toJSON: () => {
      throw new Error('the process ends here');
    },
  };
  const data = { id: 'door', name: name as unknown as string };
  await expect(putDocument(db, TEST_SHOP, { kind: 'location', id: 'door', data })).rejects.toThrow('ends here');
  expect(await readHead(db, TEST_SHOP)).toEqual(before);
});
