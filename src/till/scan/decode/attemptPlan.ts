/** How one frame is looked at. */
export interface Attempt {
  /** Look for light-on-dark codes too (a phone in dark mode). */
  readonly invert: boolean;
  /** Clean the picture first; costs about as much again. */
  readonly denoise: boolean;
  /** Look at the middle square only. */
  readonly crop: boolean;
}

export interface AttemptPlan {
  /** What to do with the next frame. */
  next(): Attempt;
  /** Tells how the last attempt ended and how long it took, in milliseconds. */
  done(read: boolean, took: number): void;
}

const DENOISE_EVERY = 5;
const REMEMBERED = 9;
/** Above this median a tablet is slow: alternate whole frame and middle, so that a code in the middle is found sooner. */
const CROP_ABOVE_MS = 40;
/** Above this one looking for inverted codes in every frame costs too much as well. */
const ALTERNATE_INVERT_ABOVE_MS = 60;

/** Spends the time of slow tablets where a code is most likely; fast ones try everything on every frame. */
export function attemptPlan(): AttemptPlan {
  const times: number[] = [];
  let sinceRead = 0;
  let slowness = 0;
  return {
    next() {
      const turn = sinceRead;
      return {
        invert: slowness <= ALTERNATE_INVERT_ABOVE_MS || turn % 4 < 2,
        denoise: turn % DENOISE_EVERY === DENOISE_EVERY - 1,
        crop: slowness > CROP_ABOVE_MS && turn % 2 === 1,
      };
    },
    done(read, took) {
      sinceRead = read ? 0 : sinceRead + 1;
      times.push(took);
      if (times.length > REMEMBERED) times.shift();
      // A few frames must have been seen first: the very first ones are slow everywhere.
      slowness = times.length < REMEMBERED ? 0 : ([...times].sort((a, b) => a - b)[REMEMBERED >> 1] ?? 0);
    },
  };
}
