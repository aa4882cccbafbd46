/** A name for something new in a program that no earlier version of it can have had. */
export function newId(kind: string): string {
  return `${kind}-${crypto.randomUUID().slice(0, 8)}`;
}
