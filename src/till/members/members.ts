import type { Target } from '../../loyalty/decision.ts';
import type { Effect } from '../../loyalty/effects.ts';
import { emptyState } from '../../loyalty/emptyState.ts';
import type { MemberState } from '../../loyalty/state.ts';
import type { Credential, Profile } from '../../protocol/documents.ts';
import type { OwnEntry } from '../ledger/ownEntries.ts';
import type { OwnLedger } from '../ledger/ownLedger.ts';
import type { CacheDb, Covered, Generation } from '../store/cacheDb.ts';
import type { Documents } from './documents.ts';
import { foldPending, type Folded } from './foldPending.ts';
import { profileDates } from '../../protocol/profile.ts';
import { profileWith } from './profile.ts';
import { findByIndex, recordNow, type Held } from './records.ts';
import type { Targets } from './targets.ts';

/** A member as this till knows it now, own facts included. */
export interface Known {
  /** The member's id, or `card:<card id>` where only a genuine card is known. */
  readonly member: string;
  readonly profile: Profile | null;
  readonly state: MemberState;
  readonly effects: ReadonlyMap<string, readonly Effect[]>;
  readonly credentials: readonly Credential[];
  readonly erased: boolean;
  readonly unknownHere: boolean;
  /** What own events may call this member: its id, its aliases, and its cards from before they were known here. */
  readonly names: readonly string[];
}

interface Slot {
  readonly held: Held | null;
  /** Own events that `held` includes. */
  readonly covered: Covered;
  readonly names: readonly string[];
  /** What is folded so far, so that one more event costs one more step. */
  folded: FoldedSoFar | null;
}

interface FoldedSoFar {
  readonly dates: string;
  readonly count: number;
  readonly lastN: number;
  readonly folded: Folded;
}

/** Members looked at last; a busy counter sees few at a time. */
const SLOTS = 64;
export const CARD = 'card:';

export class Members {
  readonly #db: CacheDb;
  readonly #own: OwnLedger;
  readonly #documents: Documents;
  readonly #targets: Targets;
  readonly #slots = new Map<string, Slot>();
  #moves = 0;
  #generation: Generation;

  constructor(db: CacheDb, own: OwnLedger, documents: Documents, targets: Targets, generation: Generation) {
    this.#db = db;
    this.#own = own;
    this.#documents = documents;
    this.#targets = targets;
    this.#generation = generation;
  }

  get generation(): Generation {
    return this.#generation;
  }

  /** Canonical states have changed: of these members, or of all. */
  moved(generation: Generation, members: readonly string[] | 'all'): void {
    this.#generation = generation;
    this.#moves += 1;
    if (members === 'all') return this.#slots.clear();
    const changed = new Set(members);
    for (const [member, { names }] of this.#slots) {
      if (changed.has(member) || names.some((name) => changed.has(name))) this.#slots.delete(member);
    }
  }

  /** Follows a card and an alias to its member, and works out how it stands. */
  async load(member: string): Promise<Known> {
    const resolved = await this.resolve(member);
    const slot = await this.#slotOf(resolved);
    this.#slots.delete(resolved);
    this.#slots.set(resolved, slot);
    for (const [oldest] of this.#slots) {
      if (this.#slots.size <= SLOTS) break;
      this.#slots.delete(oldest);
    }
    await this.#targets.fetch(reversals(this.#pendingOf(slot)));
    return this.#known(resolved, slot);
  }

  /** The same without waiting, for a member that was loaded and has not changed; `null`: load it. */
  peek(member: string): Known | null {
    const slot = this.#slots.get(member);
    if (slot === undefined || !this.#targets.has(reversals(this.#pendingOf(slot)))) return null;
    return this.#known(member, slot);
  }

  /** The member behind `card:<id>` or an alias, as far as known here; else what was given. */
  async resolve(member: string): Promise<string> {
    if (this.#slots.has(member) && !member.startsWith(CARD)) return member;
    if (member.startsWith(CARD)) return (await this.memberOfCard(member.slice(CARD.length))) ?? member;
    const [alias] = await findByIndex(this.#db, this.#generation, 'alias', member);
    return alias?.record.member ?? member;
  }

  async memberOfCard(card: string): Promise<string | null> {
    const [held] = await findByIndex(this.#db, this.#generation, 'card', card);
    return held?.record.member ?? this.#own.entries.memberOfCard(card);
  }

  async #slotOf(member: string): Promise<Slot> {
    for (;;) {
      const moves = this.#moves;
      const slot = this.#slots.get(member) ?? (await this.#read(member));
      // What was read while a pull came in may be from before it, and nothing would ever throw it out again.
      if (moves === this.#moves) return slot;
    }
  }

  #pendingOf({ names, covered }: Slot): readonly OwnEntry[] {
    return this.#own.pendingOf(names, covered);
  }

  async #read(member: string): Promise<Slot> {
    const { held, covered } = await recordNow(this.#db, this.#generation, member);
    const cards = held?.record.credentials.map((credential) => CARD + credential.id) ?? [];
    return { held, covered, names: [member, ...(held?.record.state.aliases ?? []), ...cards], folded: null };
  }

  #known(member: string, slot: Slot): Known {
    const { held, names } = slot;
    const patches = held?.erased === true ? [] : this.#own.patchesOf(member);
    const profile = profileWith(member, held?.record.profile ?? null, patches);
    const folded = this.#fold(slot, profile);
    return {
      member,
      profile,
      state: folded.state,
      effects: folded.effects,
      credentials: held?.record.credentials ?? [],
      erased: held?.erased ?? false,
      unknownHere: member.startsWith(CARD),
      names,
    };
  }

  #fold(slot: Slot, profile: Profile | null): Folded {
    const pending = this.#pendingOf(slot);
    const profileNow = profileDates(profile);
    const dates = `${profileNow.birthday}/${profileNow.nameDay}`;
    const before = slot.folded;
    const goesOn =
      before !== null &&
      before.dates === dates &&
      before.count <= pending.length &&
      (before.count === 0 || pending[before.count - 1]?.n === before.lastN);
    const from = goesOn
      ? before.folded
      : { state: slot.held?.record.state ?? emptyState(), effects: new Map<string, readonly Effect[]>() };
    const folded = foldPending(
      from,
      goesOn ? pending.slice(before.count) : pending,
      profileNow,
      (hash) => this.#documents.program(hash),
      (event) => this.#targetOf(event, from.effects),
    );
    slot.folded = { dates, count: pending.length, lastN: pending.at(-1)?.n ?? 0, folded };
    return folded;
  }

  /** What an event did: as folded here, else as booked, else as told. */
  #targetOf(id: string, effects: ReadonlyMap<string, readonly Effect[]>): Target | null {
    const entry = this.#own.entries.byId(id);
    const here = effects.get(id);
    const booked = this.#targets.get(id);
    if (here === undefined && booked !== null) return booked;
    const program = entry === null ? null : this.#documents.program(entry.event.program);
    if (entry === null || program === null) return null;
    const { fact, day, told } = entry.event;
    return { event: id, fact, day, program, effects: here ?? told };
  }

  /** What a void of this event would reverse, for a member that was loaded; `null`: not known here. */
  targetOf(id: string, known: Known | null): Target | null {
    return this.#targetOf(id, known?.effects ?? new Map());
  }
}

function reversals(entries: readonly OwnEntry[]): readonly string[] {
  const own = new Set(entries.map((entry) => entry.event.id));
  return entries
    .map(({ event: { fact } }) => (fact.kind === 'voided' || fact.kind === 'refunded' ? fact.target : null))
    .filter((target) => target !== null)
    .filter((target) => !own.has(target));
}
