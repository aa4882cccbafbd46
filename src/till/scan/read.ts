/** A code that was read. Only its text: what it means is decided elsewhere. */
export interface Read {
  readonly text: string;
  readonly source: 'camera' | 'wedge' | 'typed' | 'paste';
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** How a read ended, for sound and vibration. */
export type Verdict = 'good' | 'error' | 'silent';

export interface Reader {
  /**
   * Takes a read. While a returned promise is pending, the camera's other reads wait. The verdict chooses the sound;
   * one that does not come within 80 ms sounds good first, so that whoever holds the phone knows that it was read.
   */
  readonly onRead: (read: Read) => Verdict | void | Promise<Verdict | void>;
  /** Whether a text looks like one of our codes: decides between key maps of a keyboard scanner, and about pasted text. */
  readonly isOurs?: (text: string) => boolean;
  /** Name of what a text identifies. Texts of one name are one code to the repeat guard: a rotating code changes its text while it is held. */
  readonly keyOf?: (text: string) => string;
}

/** What a QR code of the compact kind holds: good enough where no reader says what its codes look like. */
export function looksLikeCode(text: string): boolean {
  return /^[0-9A-Z $%*+\-./:]{6,}$/.test(text);
}
