/**
 * The one string that stands for a value: JSON with keys sorted by UTF-16 code unit, no white space, integers only.
 * Events are hashed, signed, sent and stored as exactly this string, so two values are the same if and only if their
 * strings are. Throws a TypeError on anything that has no such form (floats, -0, numbers beyond 2^53, `undefined`, dates,
 * maps, class instances): that is a bug of the caller, never bad data.
 */
export function canonical(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'number':
      if (!Number.isSafeInteger(value) || Object.is(value, -0)) throw new TypeError(`no canonical form: ${value}`);
      return String(value);
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value) ? list(value) : record(value);
    default:
      throw new TypeError(`no canonical form: ${typeof value}`);
  }
}

function list(values: readonly unknown[]): string {
  let out = '[';
  for (let i = 0; i < values.length; i++) out += (i === 0 ? '' : ',') + canonical(values[i]);
  return `${out}]`;
}

function record(value: object): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw new TypeError('no canonical form: class instance');
  let out = '{';
  for (const key of Object.keys(value).sort()) {
    out += `${out === '{' ? '' : ','}${JSON.stringify(key)}:${canonical((value as Record<string, unknown>)[key])}`;
  }
  return `${out}}`;
}

/**
 * Whether a text is the canonical form of the value that was parsed from it. What every server asks of every event, so the
 * usual case goes by the platform's own printer, and only what that does not settle is written out in full.
 */
export function isCanonical(value: unknown, text: string): boolean {
  if (isOrdered(value) && JSON.stringify(value) === text) return true;
  try {
    return canonical(value) === text;
  } catch {
    return false;
  }
}

/** Keys in order and integers all through. */
function isOrdered(value: unknown): boolean {
  if (typeof value === 'number') return Number.isSafeInteger(value);
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every(isOrdered);
  let last = '';
  for (const key in value) {
    if (key < last || !isOrdered((value as Record<string, unknown>)[key])) return false;
    last = key;
  }
  return true;
}
