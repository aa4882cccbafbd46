/** Somebody who waits for a turn. */
interface Waiting {
  readonly isUrgent: () => boolean;
  readonly go: () => void;
}

/** One that is not urgent is passed over so often, and no more. */
const MOST_PASSED_OVER = 8;

/**
 * Lets so many work at a time, the urgent ones first. A database with one writer serves whoever asks in the order of asking;
 * asking one by one leaves the choice, and lets short questions in between.
 */
export class Turns {
  readonly #most: number;
  #working = 0;
  #waiting: Waiting[] = [];
  #passedOver = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** @param isUrgent asked each time when a turn is free, since what waits behind it may have changed */
  async take<T>(isUrgent: () => boolean, run: () => Promise<T>): Promise<T> {
    if (this.#working < this.#most) this.#working += 1;
    else await new Promise<void>((go) => this.#waiting.push({ isUrgent, go }));
    try {
      return await run();
    } finally {
      const next = this.#next();
      // The turn goes over to the next one without becoming free in between.
      if (next) next.go();
      else this.#working -= 1;
    }
  }

  #next(): Waiting | undefined {
    const urgent = this.#waiting.find((one) => one.isUrgent());
    const other = this.#waiting.find((one) => one !== urgent && !one.isUrgent());
    const chosen = urgent && !(other && this.#passedOver >= MOST_PASSED_OVER) ? urgent : (other ?? urgent);
    this.#passedOver = chosen === urgent && other ? this.#passedOver + 1 : 0;
    this.#waiting = this.#waiting.filter((one) => one !== chosen);
    return chosen;
  }
}
