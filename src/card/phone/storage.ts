import type { CardDocument } from '../../protocol/card/cardDocument.ts';

/** What the phone keeps, so that the card opens without internet. */
export interface Kept {
  readonly card: CardDocument;
  readonly etag: string | null;
  /** When the server last said that this is how things are, by the phone's clock. */
  readonly checkedAt: number;
  /** Server clock minus phone clock, in ms. */
  readonly offset: number;
}

const CARD = 'regulars.card';
const LANGUAGE = 'regulars.language';
const JOINING = 'regulars.joining';

export function readKept(): Kept | null {
  const kept = read(CARD) as Kept | null;
  // A card kept by a version that knew another shape is fetched anew.
  return kept?.card?.state?.v === 1 && kept.card.program.v === 1 ? kept : null;
}

export function keep(kept: Kept | null): void {
  write(CARD, kept);
}

export function readLanguage(): string | null {
  const language = read(LANGUAGE);
  return typeof language === 'string' ? language : null;
}

export function keepLanguage(language: string): void {
  write(LANGUAGE, language);
}

/**
 * The id of one press of the join button. It stays until the card is here, so that a double tap, a reload or a lost answer
 * joins once.
 */
export function joinIdFor(what: string): string {
  const joining = read(JOINING) as { what?: string; id?: string } | null;
  if (joining?.what === what && typeof joining.id === 'string') return joining.id;
  const id = uuid();
  write(JOINING, { what, id });
  return id;
}

export function joined(): void {
  write(JOINING, null);
}

function uuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = 0x40 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

// A browser that forbids storage still shows the card while it is online.
function read(key: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null');
  } catch {
    return null;
  }
}

function write(key: string, value: unknown): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Full or forbidden: the card is fetched again next time.
  }
}
