import type { MemberRecord } from '../../../protocol/documents.ts';

/** Each member's text, cut out of the page where it has a line for each; else printed again. */
export function recordTexts(page: string, members: readonly MemberRecord[]): readonly string[] {
  const lines = page.split('\n').slice(1, -1);
  const texts = lines.map((line) => (line.endsWith(',') ? line.slice(0, -1) : line));
  const fits = (text: string, at: number) =>
    text.startsWith(`{"member":${JSON.stringify(members[at]?.member)},`) && text.endsWith('}');
  if (texts.length === members.length && texts.every(fits)) return texts;
  return members.map((record) => JSON.stringify(record));
}
