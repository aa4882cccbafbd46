/** Own entry of a record; names come from outside, so that `constructor` or `__proto__` must be plain names here. */
export function entry<V>(record: Readonly<Record<string, V>>, key: string): V | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

/** Number of an own entry, 0 where there is none. */
export function countOf(record: Readonly<Record<string, number>>, key: string): number {
  return entry(record, key) ?? 0;
}

/** Sets an own entry of a record that the caller owns. */
export function put<V>(record: Record<string, V>, key: string, value: V): void {
  if (key === '__proto__') {
    Object.defineProperty(record, key, { value, writable: true, enumerable: true, configurable: true });
  } else record[key] = value;
}

/** Adds to a number and drops the entry where it becomes 0, so that what was undone leaves no trace. */
export function addTo(record: Record<string, number>, key: string, delta: number): void {
  const next = countOf(record, key) + delta;
  if (next === 0) delete record[key];
  else put(record, key, next);
}
