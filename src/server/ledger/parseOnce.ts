/** Texts that are remembered: the programs and shop documents of a busy server. */
const MOST_TEXTS = 200;
const known = new Map<string, unknown>();

/**
 * Reads JSON that is the same for every push: a program version, a shop's own document. The same text gives the same value,
 * so it must never be changed.
 */
export function parseOnce(text: string): unknown {
  const hit = known.get(text);
  if (hit !== undefined) return hit;
  const value: unknown = JSON.parse(text);
  if (known.size >= MOST_TEXTS) known.clear();
  known.set(text, value);
  return value;
}
