import type { Turns } from './turns.ts';

/** How works are done together. */
export interface GroupOptions<Work, Done> {
  /** Does all of them, or none: where it throws, nothing has happened. Gives one result for each. */
  readonly run: (works: readonly Work[]) => Promise<readonly Done[]>;
  /** Whether a work may be done together with these. */
  readonly mayJoin: (group: readonly Work[], next: Work) => boolean;
  readonly size: (work: Work) => number;
  /** Waits until what has arrived by now was heard; `null`: begin at once. */
  readonly turn: (() => Promise<void>) | null;
  /** Where groups of several queues take turns. */
  readonly turns: Turns;
  /** Nothing waits any more. */
  readonly emptied: () => void;
}

interface Waiting<Work, Done> {
  readonly work: Work;
  readonly done: (result: Done) => void;
  readonly failed: (error: unknown) => void;
}

/** Works up to this size have a customer waiting behind them. */
const SMALL = 20;
/** A large one is passed over so often, and no more. */
const MOST_PASSED_OVER = 8;

/**
 * Group commit: what arrives while one group is being done makes the next one, so that under load many share the cost of one
 * transaction, and alone nobody waits. Small works go first. Each is answered only after its own group is done; where a
 * group fails, each of it is tried alone, so that one cannot spoil the others.
 */
export class GroupCommit<Work, Done> {
  readonly #options: GroupOptions<Work, Done>;
  #waiting: Waiting<Work, Done>[] = [];
  #running = false;
  #passedOver = 0;

  constructor(options: GroupOptions<Work, Done>) {
    this.#options = options;
  }

  /** Resolves when the work is done; rejects with what made it fail, tried alone. */
  add(work: Work): Promise<Done> {
    return new Promise((done, failed) => {
      this.#waiting.push({ work, done, failed });
      if (this.#running) return;
      this.#running = true;
      void this.#drain();
    });
  }

  async #drain(): Promise<void> {
    do {
      const isUrgent = () => this.#waiting.some((one) => this.#isSmall(one));
      await this.#options.turns.take(isUrgent, async () => {
        if (this.#options.turn) await this.#options.turn();
        await this.#runGroup(this.#next());
      });
    } while (this.#waiting.length > 0);
    this.#running = false;
    this.#options.emptied();
  }

  #isSmall({ work }: Waiting<Work, Done>): boolean {
    return this.#options.size(work) <= SMALL;
  }

  /** Takes the next group out of those that wait: the small ones, or a large one when it was passed over often enough. */
  #next(): readonly Waiting<Work, Done>[] {
    const { mayJoin } = this.#options;
    const large = this.#waiting.filter((one) => !this.#isSmall(one));
    const small = this.#waiting.filter((one) => this.#isSmall(one));
    const turnOfLarge = small.length === 0 || (large.length > 0 && this.#passedOver >= MOST_PASSED_OVER);
    this.#passedOver = turnOfLarge || large.length === 0 ? 0 : this.#passedOver + 1;
    const group: Waiting<Work, Done>[] = [];
    for (const one of turnOfLarge ? [...large, ...small] : small) {
      const works = group.map(({ work }) => work);
      if (group.length === 0 || mayJoin(works, one.work)) group.push(one);
    }
    this.#waiting = this.#waiting.filter((one) => !group.includes(one));
    return group;
  }

  async #runGroup(group: readonly Waiting<Work, Done>[]): Promise<void> {
    try {
      const results = await this.#options.run(group.map(({ work }) => work));
      for (const [at, { done }] of group.entries()) done(results[at] as Done);
    } catch (error) {
      const [only, ...others] = group;
      if (others.length === 0) only?.failed(error);
      else await Promise.all(group.map((one) => this.#runGroup([one])));
    }
  }
}
