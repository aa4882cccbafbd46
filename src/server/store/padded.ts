/**
 * A list for `in (...)`, its last entry repeated up to the next power of two: so there are few different statements, which
 * a database parses and plans once.
 */
export function padded<T>(values: readonly T[]): readonly T[] {
  const last = values.at(-1);
  if (last === undefined) return values;
  const length = 2 ** Math.ceil(Math.log2(values.length));
  return values.length === length ? values : [...values, ...Array<T>(length - values.length).fill(last)];
}
