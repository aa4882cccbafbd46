import { plainDigits, usSign, type Key } from './wedgeKeys.ts';

/** A scan that came in as keystrokes. */
interface WedgeScan {
  readonly text: string;
  /** How many signs went into whatever field had the focus. */
  readonly typed: number;
}

export interface Wedge {
  /**
   * Told for every keydown; `at` in milliseconds.
   * @returns the scan that this key ends, or null. The key that ends a scan should not reach the page.
   */
  key(key: Key, at: number): WedgeScan | null;
  /** Whether the keys so far may be a scan (three or more in quick succession). */
  readonly running: boolean;
}

const MIN_LENGTH = 6;
const MEAN_GAP_MS = 35;
/** A longer pause than that starts a new text: scanners never hesitate so long, people do. */
const NEW_TEXT_GAP_MS = 250;

/**
 * Tells a keyboard-wedge scanner from a person: at least 6 signs, on average at most 35 ms apart, ended by Enter or Tab.
 * @param check whether a text is one of ours. Where the keys' own signs fail it and the signs of a US keyboard pass it,
 *   the latter are taken; a text that passes neither way is given as it was typed.
 */
export function wedge(check: (text: string) => boolean): Wedge {
  let typed = '';
  let places = '';
  let startedAt = 0;
  let lastAt = -Infinity;
  const reset = (): void => {
    typed = '';
    places = '';
  };
  const finish = (): WedgeScan | null => {
    const count = typed.length;
    const quick = count >= MIN_LENGTH && (lastAt - startedAt) / (count - 1) <= MEAN_GAP_MS;
    const [asTyped, asPlaced] = [plainDigits(typed), places];
    reset();
    if (!quick) return null;
    return { text: !check(asTyped) && check(asPlaced) ? asPlaced : asTyped, typed: count };
  };
  return {
    get running() {
      return typed.length >= 3 && (lastAt - startedAt) / (typed.length - 1) <= MEAN_GAP_MS;
    },
    key(key, at) {
      if (at - lastAt > NEW_TEXT_GAP_MS) reset();
      if (key.key === 'Enter' || key.key === 'Tab') return finish();
      // Shift and its like come between the signs; they are no signs themselves.
      if (['Shift', 'CapsLock', 'AltGraph', 'Alt', 'Control'].includes(key.key)) return null;
      const place = usSign(key);
      const sign = [...key.key].length === 1 ? key.key : place;
      if (sign === '') {
        reset();
        return null;
      }
      if (typed === '') startedAt = at;
      lastAt = at;
      typed += sign;
      places += place;
      return null;
    },
  };
}
