/**
 * The code under the QR that a person can type: 11 symbols of the card id's first 52 bits and one check symbol. The
 * alphabet leaves out 0, O, 1, I and L; its 31 symbols are a prime number, so that a weighted sum with different weights
 * catches every wrong symbol and every swap of two.
 */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const BASE = ALPHABET.length;
const DATA = 11;
/** Hex digits of the card id that the code carries. */
const PREFIX = 13;

export type TypedCode =
  | {
      readonly ok: true;
      /** The first 13 hex digits of the card id, lower-case: look the card up by them. */
      readonly prefix: string;
    }
  | { readonly ok: false; readonly reason: 'length' | 'symbol' | 'check' };

/** The typed code of a card (lower-case hex of 16 bytes): 12 symbols, without spaces. */
export function typedCodeOf(cardId: string): string {
  let value = Number.parseInt(cardId.slice(0, PREFIX), 16);
  const symbols: number[] = [];
  for (let i = 0; i < DATA; i += 1) {
    symbols.unshift(value % BASE);
    value = Math.floor(value / BASE);
  }
  // The weight of the check symbol is 12; 13 x 12 = 1 (mod 31).
  const check = ((BASE - (weighted(symbols) % BASE)) * 13) % BASE;
  return [...symbols, check].map((symbol) => ALPHABET.charAt(symbol)).join('');
}

/** Groups of four, as the card shows it. */
export function spacedTypedCode(code: string): string {
  return code.replaceAll(/(.{4})(?=.)/g, '$1 ');
}

/** Reads what a person typed: any case, with spaces or hyphens. */
export function readTypedCode(text: string): TypedCode {
  const symbols = [...text.toUpperCase().replaceAll(/[\s-]/g, '')].map((symbol) => ALPHABET.indexOf(symbol));
  if (symbols.includes(-1)) return { ok: false, reason: 'symbol' };
  if (symbols.length !== DATA + 1) return { ok: false, reason: 'length' };
  if (weighted(symbols) % BASE !== 0) return { ok: false, reason: 'check' };
  const value = symbols.slice(0, DATA).reduce((sum, symbol) => sum * BASE + symbol, 0);
  if (value >= 2 ** 52) return { ok: false, reason: 'check' };
  return { ok: true, prefix: value.toString(16).padStart(PREFIX, '0') };
}

function weighted(symbols: readonly number[]): number {
  return symbols.reduce((sum, symbol, i) => sum + symbol * (i + 1), 0);
}
