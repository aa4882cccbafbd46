/** A text as searches compare it: without accents and case (`Ágnes` is found by `agnes`). */
export function foldText(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{M}+/gu, '')
    .toLowerCase();
}
