/** Beyond this nothing is counted: sums of thousands of such numbers are still exact integers. */
const most = 1_000_000_000_000;

/** A whole number out of anything that claims to be one: fractions are cut, what is no number is 0, giants are capped. */
export function whole(n: number): number {
  if (Number.isSafeInteger(n)) return n > most ? most : n < -most ? -most : n;
  if (Number.isNaN(n)) return 0;
  return n > most ? most : n < -most ? -most : Math.trunc(n);
}

/** The same, never below zero. */
export function atLeastZero(n: number): number {
  const value = whole(n);
  return value > 0 ? value : 0;
}

/** The opposite; of 0 it is 0 and never -0, which has no canonical form and so cannot stand in an event. */
export function opposite(n: number): number {
  return 0 - n;
}

/** `floor(a * b / c)`, exact also where the product leaves the safe integers. `c` of 0 gives 0. */
export function floorOf(a: number, b: number, c: number): number {
  if (c === 0) return 0;
  const product = a * b;
  if (Number.isSafeInteger(product)) return Math.floor(product / c) + 0;
  const [x, y, z] = c < 0 ? [BigInt(-a), BigInt(b), BigInt(-c)] : [BigInt(a), BigInt(b), BigInt(c)];
  const exact = x * y;
  const quotient = exact / z;
  return whole(Number(exact < 0n && quotient * z !== exact ? quotient - 1n : quotient));
}
