import { must } from './violation.ts';

/** What an event's fact says, as far as the oracle asks. */
export interface AnyFact {
  readonly kind: string;
  readonly target?: string;
  readonly external?: string | null;
  readonly voucher?: string | null;
  readonly due?: string | null;
  readonly shares?: readonly string[];
}

interface AnyEffect {
  readonly kind: string;
}

/** Effects by which a reversal changes what somebody has. */
const MOVING = new Set(['credit', 'debit', 'restore', 'debt', 'reopen', 'tally']);

/**
 * What facts mean together, told by facts alone: who gave a voucher away that was given already, and whether something was
 * taken back twice.
 */
export class Acts {
  /** Events that gave away a voucher which another one held. */
  readonly doubles = new Set<string>();
  /** By member and voucher: the redemptions that hold it. */
  readonly #holders = new Map<string, Set<string>>();
  readonly #redeemed = new Map<string, string>();
  readonly #takenBack = new Set<string>();
  /** By pool: how often what it limits was given and not taken back, and by which events. */
  readonly given = new Map<string, number>();
  readonly #shares = new Map<string, readonly string[]>();
  /** Vouchers of members that were joined or parted are told apart by the product alone. */
  #joined = false;

  take(id: string, fact: AnyFact, member: string | null, booked: readonly AnyEffect[]): void {
    if (fact.shares !== undefined) this.#use(id, fact.shares, 1);
    if (member === null) return;
    if (fact.kind === 'merged' || fact.kind === 'unmerged') this.#joined = true;
    if (fact.kind === 'voided' && fact.target !== undefined) this.#takeBack(id, fact.target, booked);
    const voucher = fact.kind === 'redeemed' ? (fact.voucher ?? fact.due) : null;
    if (voucher === null || voucher === undefined) return;
    const key = `${member} ${voucher}`;
    const holders = this.#holders.get(key) ?? new Set();
    const overdrawn = booked.some(({ kind }) => kind === 'overdraw');
    if (!this.#joined) {
      must(
        overdrawn === holders.size > 0,
        'exceptions',
        () => `${id} uses ${key}, held by ${[...holders].join() || 'nobody'}`,
      );
    }
    if (overdrawn) this.doubles.add(id);
    // It may have been taken back before it came.
    if (!this.#takenBack.has(id)) this.#holders.set(key, holders.add(id));
    this.#redeemed.set(id, key);
  }

  #use(id: string, shares: readonly string[], n: number): void {
    if (n > 0) this.#shares.set(id, shares);
    // What was taken back before it came was never given.
    if (n > 0 && this.#takenBack.has(id)) return;
    for (const share of shares) {
      const pool = share.slice(0, share.lastIndexOf('/'));
      this.given.set(pool, (this.given.get(pool) ?? 0) + n);
    }
  }

  #takeBack(id: string, target: string, booked: readonly AnyEffect[]): void {
    const moves = booked.some(({ kind }) => MOVING.has(kind));
    must(!(moves && this.#takenBack.has(target)), 'nothing doubled', () => `${id} takes ${target} back once more`);
    if (!this.#takenBack.has(target)) this.#use(target, this.#shares.get(target) ?? [], -1);
    if (moves || booked.some(({ kind }) => kind === 'awaitTarget')) this.#takenBack.add(target);
    this.#holders.get(this.#redeemed.get(target) ?? '')?.delete(target);
  }
}
