/** As many last digits as tell a number within a country, whatever prefix was typed (`+36 30 ...`, `06 30 ...`). */
const DIGITS = 9;

/** A phone number as it is compared: its last digits, backwards, so that a search by the last four is one by the beginning. */
export function phoneKey(phone: string): string {
  return phone.replaceAll(/\D/g, '').slice(-DIGITS).split('').toReversed().join('');
}
