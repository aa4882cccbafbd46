/**
 * Rules that the office app shows while one types and that the server enforces. No zod here, so that the app does not
 * load it.
 */

/** Shortest owner password, in characters. */
export const PASSWORD_MIN = 12;
export const PASSWORD_MAX = 200;

export type StaffRole = 'staff' | 'manager' | 'owner';

/** Digits of a PIN by role: whoever can approve what staff may not needs the longer one. */
export const PIN_DIGITS: Readonly<Record<StaffRole, number>> = { staff: 4, manager: 6, owner: 6 };

export type PinProblem = 'length' | 'obvious' | 'taken';

/** Typed often, and neither a run of digits, nor repeated, nor a year (those are found by their pattern). */
const TYPED_OFTEN = new Set(['2580', '0852', '1379', '1397', '5683', '0070', '1004', '147258', '159357', '159753']);

/** What is wrong with a PIN as such; `null` where nothing is. Whether somebody else has it only the server can say. */
export function pinProblem(pin: string, role: StaffRole): Exclude<PinProblem, 'taken'> | null {
  if (!/^\d+$/.test(pin) || pin.length !== PIN_DIGITS[role]) return 'length';
  return isObvious(pin) ? 'obvious' : null;
}

function isObvious(pin: string): boolean {
  const digits = Array.from(pin, Number);
  const steps = new Set(digits.slice(1).map((digit, at) => (digit - (digits[at] ?? 0) + 10) % 10));
  // One step all along: 1111 (0), 1234 (1), 4321 (9), 7890 (1).
  if (steps.size === 1 && [...steps].every((step) => step === 0 || step === 1 || step === 9)) return true;
  // A short piece over and over: 1212, 123123, 121212.
  if (/^(\d{1,3})\1+$/.test(pin)) return true;
  // 1122, 112233: pairs.
  if (/^(?:(\d)\1)+$/.test(pin)) return true;
  // A year of birth, alone.
  if (/^(?:19[3-9]|20[0-3])\d$/.test(pin)) return true;
  return TYPED_OFTEN.has(pin);
}

/** Currencies one can choose, with the decimals their money has in the ledger. */
export const CURRENCIES: Readonly<Record<string, number>> = {
  HUF: 0,
  EUR: 2,
  USD: 2,
  GBP: 2,
  CHF: 2,
  CZK: 2,
  PLN: 2,
  RON: 2,
  RSD: 2,
  SEK: 2,
  NOK: 2,
  DKK: 2,
  BGN: 2,
  TRY: 2,
  UAH: 2,
  CAD: 2,
  AUD: 2,
  NZD: 2,
  JPY: 0,
  KRW: 0,
  ISK: 0,
};

/** The languages that the screens and the texts of a program can have so far. */
export const LANGUAGES = ['en', 'hu'] as const;

/** Accents that are good to read in both themes; any other color can be typed. */
export const COLORS = ['#b23a1e', '#8a5a00', '#2f6b4f', '#1f6f78', '#2b5797', '#5b4a9e', '#a03060', '#4a4038'] as const;
