import { createHmac } from 'node:crypto';
import type { Random } from '../../deps.ts';

/** 31 symbols without 0, O, 1, I and L: what people copy from paper. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const SYMBOLS = 15;

/** The cookie's secret: 128 bits. */
export function newSessionSecret(random: Random): string {
  return Buffer.from(random.bytes(16)).toString('base64url');
}

/**
 * By this key in its start address an installed card comes back when it starts with empty storage and no cookie. It follows
 * from the cookie's secret, so that the server can write it into the manifest without keeping either.
 */
export function comebackKey(sessionSecret: string): string {
  return createHmac('sha256', sessionSecret).update('regulars card comes back').digest('base64url');
}

/** 15 symbols in groups of five, about 74 bits. */
export function newRecoveryCode(random: Random): string {
  let code = '';
  while (code.length < SYMBOLS) {
    // 248 is the largest multiple of 31 in a byte: above it, some symbols would come more often.
    for (const byte of random.bytes(32)) {
      if (byte < 248 && code.length < SYMBOLS) code += ALPHABET.charAt(byte % ALPHABET.length);
    }
  }
  return code.replaceAll(/(.{5})(?=.)/g, '$1-');
}

/** What is left of a typed recovery code: its symbols, as they were made. */
export function normalRecoveryCode(typed: string): string {
  return typed.toUpperCase().replaceAll(/[^0-9A-Z]/g, '');
}
