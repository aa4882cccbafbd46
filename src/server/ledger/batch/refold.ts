import { apply } from '../../../loyalty/apply.ts';
import type { Effect } from '../../../loyalty/effects.ts';
import { emptyState } from '../../../loyalty/emptyState.ts';
import { foldShare, readShare, type SharePool } from '../../../loyalty/limits/shares.ts';
import { shareEffects } from '../../../loyalty/limits/shareUse.ts';
import type { MemberState } from '../../../loyalty/state.ts';
import { canonical } from '../../../protocol/canonical.ts';
import { ZERO_HASH } from '../../../protocol/hash.ts';
import type { EventRow } from '../../store/tables/ledgerTables.ts';
import { serverHash } from '../serverHash.ts';

/** What of a ledger's entry a check needs. */
export type LedgerEntry = Pick<EventRow, 'gseq' | 'hash' | 'chain' | 'bytes' | 'member' | 'booked'>;

/** What is wrong with a ledger, at the first place where something is. */
export interface LedgerFault {
  readonly gseq: number;
  readonly fault: 'missing' | 'changed' | 'chain';
}

/**
 * Works every balance, and every pool of shares, out again from a ledger, entry by entry, and checks the ledger itself on the way: the numbers without
 * a gap, each hash from its bytes, the running chain.
 */
export class Refold {
  readonly #states = new Map<string, MemberState>();
  readonly #pools = new Map<string, SharePool>();
  #gseq = 0;
  #chain = ZERO_HASH;
  #fault: LedgerFault | null = null;

  get gseq(): number {
    return this.#gseq;
  }

  get chain(): string {
    return this.#chain;
  }

  get fault(): LedgerFault | null {
    return this.#fault;
  }

  /** Takes the next entry. */
  add({ gseq, hash, chain, bytes, member, booked }: LedgerEntry): void {
    const expected = serverHash(this.#chain + hash);
    if (gseq !== this.#gseq + 1) this.#fault ??= { gseq: this.#gseq + 1, fault: 'missing' };
    if (serverHash(bytes) !== hash) this.#fault ??= { gseq, fault: 'changed' };
    if (expected !== chain) this.#fault ??= { gseq, fault: 'chain' };
    this.#gseq = gseq;
    this.#chain = chain;
    const effects = JSON.parse(booked) as Effect[];
    for (const effect of shareEffects(effects)) {
      const { pool } = readShare(effect.share);
      this.#pools.set(pool, foldShare(this.#pools.get(pool) ?? { id: pool, accounts: {} }, effect));
    }
    if (member === null) return;
    this.#states.set(member, apply(this.#states.get(member) ?? emptyState(), effects));
  }

  /** A member's state as the ledger has it. */
  stateOf(member: string): MemberState {
    return this.#states.get(member) ?? emptyState();
  }

  /** Pools of shares as the ledger has them, those of windows long over among them. */
  pools(): ReadonlyMap<string, SharePool> {
    return this.#pools;
  }

  /** Members with entries; those of whom nothing was booked are not among them. */
  members(): IterableIterator<string> {
    return this.#states.keys();
  }
}

/** Whether two states, or pools, say the same, in whatever order they were written. */
export function sameState<T extends MemberState | SharePool>(a: T, b: T): boolean {
  return stateText(a) === stateText(b);
}

function stateText(state: MemberState | SharePool): string {
  return canonical(JSON.parse(JSON.stringify(state)));
}
