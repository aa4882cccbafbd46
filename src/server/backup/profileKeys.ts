import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { writeSafely } from './writeSafely.ts';

/**
 * Personal data is encrypted in backups, each member's with a key of its own. The keys stand in one file beside the backups,
 * which every backup replaces: a member who was erased is not in it any more, and older backups keep nothing but noise.
 */
export type ProfileKeys = Map<string, Map<string, string>>;

/** What stands in it, and when it was written: with every backup. */
export interface KeyFile {
  readonly at: number;
  readonly keys: ProfileKeys;
}

/** The file beside the backups. */
export const KEY_FILE = 'regulars-keys.json';

const MARK = 'aes-256-gcm:';

/** A key of 256 bits for the personal data of one member, as base64; without it, what a backup holds of the member is noise. */
export function newProfileKey(): string {
  return randomBytes(32).toString('base64');
}

/** Encrypts a profile's text for a backup. */
export function encryptProfile(key: string, member: string, text: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(key, 'base64'), nonce).setAAD(Buffer.from(member));
  const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return MARK + Buffer.concat([nonce, cipher.getAuthTag(), data]).toString('base64');
}

/** The profile's text; `null` where the key is not the one it was encrypted with. */
export function decryptProfile(key: string, member: string, text: string): string | null {
  if (!text.startsWith(MARK)) return null;
  const all = Buffer.from(text.slice(MARK.length), 'base64');
  const cipher = createDecipheriv('aes-256-gcm', Buffer.from(key, 'base64'), all.subarray(0, 12));
  cipher.setAAD(Buffer.from(member)).setAuthTag(all.subarray(12, 28));
  try {
    return Buffer.concat([cipher.update(all.subarray(28)), cipher.final()]).toString('utf8');
  } catch {
    return null;
  }
}

/** Replaces the key file, so that whoever is cut short leaves the old one or the new one. */
export async function writeKeyFile(file: string, keys: ProfileKeys, at: number): Promise<void> {
  const byBusiness = Object.fromEntries([...keys].map(([business, own]) => [business, Object.fromEntries(own)]));
  await writeSafely(file, JSON.stringify({ regulars: 'keys', v: 1, at, keys: byBusiness }));
}

/** Reads a key file; `null` where there is none, or it is something else. */
export async function readKeyFile(file: string): Promise<KeyFile | null> {
  try {
    const read = JSON.parse(await readFile(file, 'utf8')) as {
      regulars?: string;
      at: number;
      keys: Record<string, Record<string, string>>;
    };
    if (read.regulars !== 'keys') return null;
    return {
      at: read.at,
      keys: new Map(Object.entries(read.keys).map(([business, own]) => [business, new Map(Object.entries(own))])),
    };
  } catch {
    return null;
  }
}
