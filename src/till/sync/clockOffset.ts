import type { Instant } from '../../loyalty/basics.ts';

const KEPT = 8;

/** Server clock minus own clock, from the quickest of the last eight exchanges. */
export class ClockOffset {
  readonly #samples: { readonly offset: number; readonly roundTrip: number }[] = [];

  /** Takes one exchange. A clock that was set in between gives a negative round trip, and is left out. */
  measured(sentAt: Instant, serverTime: Instant, receivedAt: Instant): void {
    const roundTrip = receivedAt - sentAt;
    if (roundTrip < 0) {
      this.#samples.length = 0;
      return;
    }
    // `+ 0`: a little less than nothing rounds to -0, which has no canonical form and so cannot stand in an event.
    const offset = Math.round(serverTime - (sentAt + receivedAt) / 2) + 0;
    // An offset that jumps by more than a round trip explains was made by somebody who set the clock.
    const jumped = this.#samples.some(
      (sample) => Math.abs(sample.offset - offset) > sample.roundTrip + roundTrip + 2000,
    );
    if (jumped) this.#samples.length = 0;
    this.#samples.push({ offset, roundTrip });
    if (this.#samples.length > KEPT) this.#samples.shift();
  }

  /** In ms; `null` before the first exchange. */
  get value(): number | null {
    let best: { readonly offset: number; readonly roundTrip: number } | null = null;
    for (const sample of this.#samples) if (best === null || sample.roundTrip < best.roundTrip) best = sample;
    return best?.offset ?? null;
  }
}
