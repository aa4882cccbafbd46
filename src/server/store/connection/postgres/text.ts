/**
 * PostgreSQL's text takes every character but NUL, and what a damaged till sends may hold one: it is kept, to the
 * character. NUL is written as U+FFFE and `0`, U+FFFE itself (no character either) as U+FFFE and `E`.
 */
export function encodeText(text: string): string {
  return /[\0\uFFFE]/.test(text)
    ? text.replaceAll(/[\0\uFFFE]/g, (found) => (found === '\0' ? '\uFFFE0' : '\uFFFEE'))
    : text;
}

/** The text as it was before `encodeText`. */
export function decodeText(text: string): string {
  return text.includes('\uFFFE')
    ? text.replaceAll(/\uFFFE([0E])/g, (_, which) => (which === '0' ? '\0' : '\uFFFE'))
    : text;
}
