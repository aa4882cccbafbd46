import { emptyState } from '../../../loyalty/emptyState.ts';
import type { Credential, Document, MemberRecord, Profile } from '../../../protocol/documents.ts';
import { pageOf } from '../../../protocol/pages.ts';
import type { PullAnswer } from '../../../protocol/sync.ts';
import { indexBucket, indexKeys } from '../../members/memberIndex.ts';
import type { Held } from '../../members/records.ts';
import type { CacheDb, ChangedRow, Generation } from '../../store/cacheDb.ts';

/**
 * Member records under change within one transaction. All that an answer can touch is read in a few bulk reads first, so
 * that the folding itself waits for nothing: a long row of awaits that ask the database nothing would let the browser
 * commit the transaction in the middle.
 */
export class RecordSet {
  readonly #g: number;
  readonly #held = new Map<string, Held>();
  readonly #holders = new Map<string, Set<string>>();
  readonly #changed = new Set<string>();

  private constructor(g: number) {
    this.#g = g;
  }

  static async read(db: CacheDb, generation: Generation, answer: PullAnswer): Promise<RecordSet> {
    const set = new RecordSet(generation.g);
    const cards = answer.documents.flatMap((document) => (document.kind === 'credential' ? [document.data] : []));
    await set.#readHolders(
      db,
      generation,
      cards.map((card) => card.id),
    );
    const wanted = new Set<string>();
    for (const { member } of answer.admitted) if (member !== null) wanted.add(member);
    for (const { member } of cards) wanted.add(member);
    for (const holders of set.#holders.values()) holders.forEach((member) => wanted.add(member));
    for (const document of answer.documents) if (document.kind === 'profile') wanted.add(document.id);
    await set.#readMembers(db, generation, [...wanted]);
    return set;
  }

  /** Who has each of these cards, as far as the indexes say. */
  async #readHolders(db: CacheDb, { g, pages }: Generation, cards: readonly string[]): Promise<void> {
    if (cards.length === 0) return;
    for (const card of cards) this.#holders.set(card, new Set());
    const rows = await db.changed
      .where('keys')
      .anyOf(cards.map((card) => `${g}:card:${card}`))
      .toArray();
    for (const { record } of rows) {
      for (const { id } of record.credentials) this.#holders.get(id)?.add(record.member);
    }
    if (pages === 0) return;
    const buckets = [...new Set(cards.map((card) => indexBucket('card', card)))];
    const indexes = await db.index.bulkGet(buckets.map((bucket): [number, 'card', number] => [g, 'card', bucket]));
    for (const { pairs } of indexes.filter((row) => row !== undefined)) {
      for (let at = 0; at + 1 < pairs.length; at += 2) this.#holders.get(pairs[at] ?? '')?.add(pairs[at + 1] ?? '');
    }
  }

  async #readMembers(db: CacheDb, { g, pages }: Generation, members: readonly string[]): Promise<void> {
    const changed = await db.changed.bulkGet(members.map((member): [number, string] => [g, member]));
    const left: string[] = [];
    for (const [at, member] of members.entries()) {
      const row = changed[at];
      if (row === undefined) left.push(member);
      else this.#held.set(member, { record: row.record, erased: row.erased });
    }
    if (pages === 0 || left.length === 0) return;
    const numbers = [...new Set(left.map((member) => pageOf(member, pages)))];
    const rows = await db.pages.bulkGet(numbers.map((page): [number, number] => [g, page]));
    const byPage = new Map(rows.filter((row) => row !== undefined).map((row) => [row.page, row]));
    for (const member of left) {
      const page = byPage.get(pageOf(member, pages));
      const text = page?.records[page.members.indexOf(member)];
      if (text === undefined) continue;
      const record = JSON.parse(text) as MemberRecord;
      this.#held.set(member, { record, erased: record.erased === true });
    }
  }

  get(member: string): MemberRecord {
    const nobody = { member, gseq: 0, state: emptyState(), profile: null, credentials: [] };
    return this.#held.get(member)?.record ?? nobody;
  }

  put(record: MemberRecord, erased?: boolean): void {
    const before = this.#held.get(record.member)?.erased ?? false;
    this.#held.set(record.member, { record, erased: erased ?? before });
    this.#changed.add(record.member);
  }

  /** Takes a member's document; gives the ones that are no member's. */
  takeDocument(document: Document): Document | null {
    if (document.kind === 'profile') this.#profile(document.id, document.data);
    else if (document.kind === 'credential') this.#credential(document.data);
    else return document;
    return null;
  }

  /** `null`: the member was erased. */
  #profile(member: string, profile: Profile | null): void {
    this.put({ ...this.get(member), profile }, profile === null);
  }

  /** A card belongs to one member; where it moved (a merge), the other one loses it. */
  #credential(credential: Credential): void {
    for (const holder of this.#holders.get(credential.id) ?? []) {
      if (holder === credential.member) continue;
      const record = this.get(holder);
      const left = record.credentials.filter((each) => each.id !== credential.id);
      if (left.length < record.credentials.length) this.put({ ...record, credentials: left });
    }
    const record = this.get(credential.member);
    const others = record.credentials.filter((each) => each.id !== credential.id);
    this.put({ ...record, credentials: [...others, credential] });
    this.#holders.get(credential.id)?.add(credential.member);
  }

  changed(): readonly string[] {
    return [...this.#changed];
  }

  /** Some state holds effects that this build does not know. */
  get unknownMet(): boolean {
    return this.changed().some((member) => this.get(member).state.unknown > 0);
  }

  rows(): ChangedRow[] {
    return this.changed().flatMap((member) => {
      const held = this.#held.get(member);
      if (held === undefined) return [];
      return [{ g: this.#g, member, record: held.record, erased: held.erased, keys: indexKeys(this.#g, held.record) }];
    });
  }
}
