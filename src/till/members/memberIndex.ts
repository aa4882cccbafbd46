import type { MemberRecord } from '../../protocol/documents.ts';
import type { IndexKind, IndexRow } from '../store/cacheDb.ts';
import { foldText } from './foldText.ts';
import { phoneKey } from './phoneKey.ts';

/** Buckets per kind of index. */
const BUCKETS = 256;

/** How many leading characters choose the bucket, and so how many a search by the beginning needs at least. */
export const SEARCH_FROM: Readonly<Record<IndexKind, number>> = { card: 2, phone: 4, alias: 36, name: 2 };

/** What a member is found by. Revoked cards stay, so that the till can say "blocked" and not "unknown". */
export function indexValues(record: MemberRecord): Readonly<Record<IndexKind, readonly string[]>> {
  const phone = record.profile?.phone;
  const names = [record.profile?.name, record.profile?.callName].flatMap((name) => words(name ?? ''));
  return {
    card: record.credentials.map((credential) => credential.id),
    phone: phone ? [phoneKey(phone)] : [],
    alias: record.state.aliases,
    name: [...new Set(names)],
  };
}

function words(text: string): readonly string[] {
  return foldText(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

/** In which part of the index a value stands, by its first characters, so that a search reads that part only. */
export function indexBucket(kind: IndexKind, value: string): number {
  let hash = 0;
  const from = SEARCH_FROM[kind];
  for (let at = 0; at < value.length && at < from; at++) hash = (Math.imul(hash, 31) + value.charCodeAt(at)) >>> 0;
  return hash % BUCKETS;
}

/** Keys of a changed member, as Dexie's multi-entry index holds them. */
export function indexKeys(g: number, record: MemberRecord): readonly string[] {
  return Object.entries(indexValues(record)).flatMap(([kind, values]) =>
    values.map((value) => `${g}:${kind}:${value}`),
  );
}

/** Gathers the index of all pages of a generation, page by page, and gives it as rows in the end. */
export class IndexBuilder {
  readonly #buckets = new Map<string, { kind: IndexKind; bucket: number; pairs: string[] }>();

  add(record: MemberRecord): void {
    for (const [kind, values] of Object.entries(indexValues(record)) as [IndexKind, readonly string[]][]) {
      for (const value of values) {
        const bucket = indexBucket(kind, value);
        const key = `${kind}${bucket}`;
        const row = this.#buckets.get(key);
        if (row === undefined) this.#buckets.set(key, { kind, bucket, pairs: [value, record.member] });
        else row.pairs.push(value, record.member);
      }
    }
  }

  rows(g: number): IndexRow[] {
    return [...this.#buckets.values()].map((row) => ({ g, ...row }));
  }
}
