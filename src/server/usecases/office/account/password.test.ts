import { expect, it } from 'vitest';
import { hashPassword, verifyAgainstNobody, verifyPassword } from './password.ts';

it('knows the right password, and never the same hash twice', async () => {
  const [one, two] = await Promise.all([hashPassword('correct horse'), hashPassword('correct horse')]);
  expect(one).toMatch(/^argon2id\$19456\$2\$1\$/);
  expect(one).not.toBe(two);
  expect(await verifyPassword('correct horse', one)).toBe(true);
  expect(await verifyPassword('correct horsf', one)).toBe(false);
});

it('takes an accent for the same, however the keyboard composes it', async () => {
  expect(await verifyPassword('ka\u0301ve\u0301', await hashPassword('kávé'))).toBe(true);
});

it('matches nothing where what is stored cannot be read', async () => {
  expect(await verifyPassword('x', '')).toBe(false);
  expect(await verifyPassword('x', 'bcrypt$1$2$3$4$5')).toBe(false);
  expect(await verifyAgainstNobody('x')).toBe(false);
});
