import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyState } from '../../../loyalty/emptyState.ts';
import { snapshotPageSchema } from '../../../protocol/schemas/answerSchemas.ts';
import type { MemberRecord } from '../../../protocol/documents.ts';
import { emptyProfile } from '../../../protocol/profile.ts';
import { recordTexts } from './recordTexts.ts';

const record: fc.Arbitrary<MemberRecord> = fc
  .record({
    member: fc.oneof(fc.uuid(), fc.string({ minLength: 1, unit: 'binary' })),
    gseq: fc.nat(),
    name: fc.option(fc.string({ unit: 'binary' })),
  })
  .map(({ member, gseq, name }) => ({
    member,
    gseq,
    state: emptyState(),
    profile: name === null ? null : { ...emptyProfile(member), name },
    credentials: [],
  }));
const records = fc.array(record, { maxLength: 5 });

/** As the server writes it. */
const inLines = (members: readonly MemberRecord[]) =>
  `{"page":0,"members":[\n${members.map((one) => JSON.stringify(one)).join(',\n')}\n]}`;

function readBack(text: string): void {
  const page = snapshotPageSchema.safeParse(JSON.parse(text));
  if (!page.success) return expect(page.success).toBe(true);
  const { members } = page.data;
  expect(recordTexts(text, members).map((one) => JSON.parse(one) as unknown)).toEqual(members);
}

describe('the texts of a page', () => {
  it('are those of its members, whatever is in them and however the page was printed', () => {
    fc.assert(
      fc.property(records, (members) => {
        readBack(inLines(members));
        readBack(JSON.stringify({ page: 0, members }));
        readBack(JSON.stringify({ page: 0, members }, null, 1));
      }),
    );
  });

  it('are cut out, not printed again, where each has its line', () => {
    const one = { member: 'anna', gseq: 1, state: emptyState(), profile: null, credentials: [] };
    const odd = `{"member":"anna",  "gseq":1,"state":${JSON.stringify(one.state)},"profile":null,"credentials":[]}`;
    expect(recordTexts(`{"page":0,"members":[\n${odd}\n]}`, [one])).toEqual([odd]);
  });
});

it('a page whose members are no members is no page', () => {
  const good = { member: 'anna', gseq: 1, state: emptyState(), profile: null, credentials: [] };
  const read = (member: unknown) => snapshotPageSchema.safeParse({ page: 0, members: [good, member] }).success;
  expect(read(good)).toBe(true);
  for (const bad of [null, 'anna', {}, { ...good, member: '' }, { ...good, member: 'x'.repeat(301) }]) {
    expect(read(bad)).toBe(false);
  }
  expect(read({ ...good, gseq: -1 })).toBe(false);
  expect(read({ ...good, gseq: 1.5 })).toBe(false);
  expect(read({ ...good, state: null })).toBe(false);
  expect(read({ ...good, state: {} })).toBe(false);
  expect(read({ ...good, credentials: null })).toBe(false);
});
