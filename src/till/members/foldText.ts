// eslint-disable-next-line no-control-regex -- exactly the characters that have no accents
const ASCII = /^[\0-\x7f]*$/;

/** A text as searches compare it: without accents and case (`Ágnes` is found by `agnes`). */
export function foldText(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  return text
    .normalize('NFD')
    .replaceAll(/\p{M}+/gu, '')
    .toLowerCase();
}
