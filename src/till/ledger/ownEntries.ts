import type { Instant } from '../../loyalty/basics.ts';
import type { Event } from '../../protocol/event.ts';

/** An own event, read. */
export interface OwnEntry {
  readonly n: number;
  readonly run: string;
  readonly seq: number;
  readonly hash: string;
  readonly at: Instant;
  readonly offline: boolean;
  readonly event: Event;
}

/** Own events in memory, in the order of their rows, with what the counter asks of them at hand. */
export class OwnEntries {
  readonly #entries = new Map<number, OwnEntry>();
  readonly #byId = new Map<string, OwnEntry>();
  readonly #byMember = new Map<string, OwnEntry[]>();
  readonly #reversed = new Set<string>();
  readonly #cards = new Map<string, string>();
  #redemptions: readonly OwnEntry[] = [];
  #goodwills: readonly OwnEntry[] = [];
  #sharing: OwnEntry[] = [];

  has(n: number): boolean {
    return this.#entries.has(n);
  }

  get(n: number): OwnEntry | null {
    return this.#entries.get(n) ?? null;
  }

  byId(id: string): OwnEntry | null {
    return this.#byId.get(id) ?? null;
  }

  /** Oldest first. */
  all(): IterableIterator<OwnEntry> {
    return this.#entries.values();
  }

  /** Of these members (as the events name them), oldest first. */
  of(names: readonly string[]): readonly OwnEntry[] {
    const found = names.flatMap((name) => this.#byMember.get(name) ?? []);
    return names.length > 1 ? found.sort((a, b) => a.n - b.n) : found;
  }

  get redemptions(): readonly OwnEntry[] {
    return this.#redemptions;
  }

  /** Whether this till has taken the owner's code of that number, also for something that was taken back. */
  tookOwnerCode(n: number): boolean {
    return this.#redemptions.some(({ event: { fact } }) => {
      const goOn = fact.kind === 'redeemed' ? fact.goOn : undefined;
      return goOn?.kind === 'ownerCode' && goOn.n === n;
    });
  }

  /** Whether this till has given something for that voucher from a phone, and did not take it back. */
  tookReservation(id: string): boolean {
    return this.#redemptions.some(({ event: { id: event, fact } }) => {
      return fact.kind === 'redeemed' && fact.reservation === id && !this.isReversed(event);
    });
  }

  get goodwills(): readonly OwnEntry[] {
    return this.#goodwills;
  }

  /** Those that moved shares of limits. */
  get sharing(): readonly OwnEntry[] {
    return this.#sharing;
  }

  /** Whether this till took the event back. */
  isReversed(id: string): boolean {
    return this.#reversed.has(id);
  }

  /** The member to whom this till gave a card. */
  memberOfCard(card: string): string | null {
    return this.#cards.get(card) ?? null;
  }

  /** A card that this till gave, by the begin of its id. */
  cardBeginning(prefix: string): string | null {
    for (const card of this.#cards.keys()) if (card.startsWith(prefix)) return card;
    return null;
  }

  add(entry: OwnEntry): void {
    const { event } = entry;
    const { fact, member } = event;
    this.#entries.set(entry.n, entry);
    this.#byId.set(event.id, entry);
    if (member !== null) pushTo(this.#byMember, member, entry);
    if (fact.kind === 'redeemed') this.#redemptions = [...this.#redemptions, entry];
    if (fact.kind === 'goodwill' || fact.kind === 'goodwillReward') this.#goodwills = [...this.#goodwills, entry];
    if (event.told.some((effect) => effect.kind === 'share')) this.#sharing.push(entry);
    if (fact.kind === 'voided') this.#reversed.add(fact.target);
    if (fact.kind === 'credentialIssued' && member !== null) this.#cards.set(fact.credential, member);
  }

  /** Forgets the oldest ones, up to the first that `stays`; those that `skip` are passed over. */
  drop(stays: (entry: OwnEntry) => boolean, skip: (entry: OwnEntry) => boolean): void {
    const dropped = new Set<OwnEntry>();
    for (const [n, entry] of this.#entries) {
      if (stays(entry)) break;
      if (skip(entry)) continue;
      dropped.add(entry);
      this.#entries.delete(n);
      this.#byId.delete(entry.event.id);
      const { member } = entry.event;
      if (member !== null) dropFrom(this.#byMember, member, entry);
    }
    if (dropped.size === 0) return;
    this.#redemptions = this.#redemptions.filter((entry) => !dropped.has(entry));
    this.#goodwills = this.#goodwills.filter((entry) => !dropped.has(entry));
    this.#sharing = this.#sharing.filter((entry) => !dropped.has(entry));
  }

  clear(): void {
    this.#entries.clear();
    this.#byId.clear();
    this.#byMember.clear();
    this.#reversed.clear();
    this.#cards.clear();
    this.#redemptions = [];
    this.#goodwills = [];
    this.#sharing = [];
  }
}

/** Adds to the list under a key. */
export function pushTo<K, T>(map: Map<K, T[]>, key: K, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

function dropFrom<K, T>(map: Map<K, T[]>, key: K, value: T): void {
  const left = (map.get(key) ?? []).filter((each) => each !== value);
  if (left.length === 0) map.delete(key);
  else map.set(key, left);
}
