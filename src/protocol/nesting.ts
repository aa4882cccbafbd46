/** Deeper than anything that the protocol says; a program's expressions come nearest. */
const MOST_LEVELS = 100;

/**
 * Whether parsed JSON is nested deeper than what walks through it can stand: a few kilobytes of brackets would otherwise
 * exhaust the stack of whoever checks, prints or hashes them.
 */
export function isTooDeep(value: unknown, levels: number = MOST_LEVELS): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  for (const key in value) {
    if (isTooDeep((value as Record<string, unknown>)[key], levels - 1)) return true;
  }
  return false;
}
