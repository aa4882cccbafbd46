import type { Day, Instant, Text, UnitId } from '../../loyalty/basics.ts';
import type { Why } from '../../loyalty/effects.ts';
import type { Program } from '../../loyalty/program.ts';
import type { MemberState } from '../../loyalty/state.ts';
import type { Profile } from '../documents.ts';

/** The customer's card as the server gives it to the customer's own phone (never with the program's secret). */
export interface CardDocument {
  readonly business: {
    readonly id: string;
    readonly name: string;
    readonly color: string;
    readonly languages: readonly string[];
    readonly currency: string;
    readonly scale: number;
    readonly timeZone: string;
    readonly cutOverHour: number;
    readonly address: 'te' | 'on';
    readonly demo: boolean;
  };
  readonly member: string;
  /** Signed static token, upper-case base32; see `cardToken.ts`. */
  readonly token: string;
  /** What the QR begins with: `HTTPS://HOST/C/`. */
  readonly qrPrefix: string;
  /** The code a person can type at the till, 12 characters, the last one a check. */
  readonly typedCode: string;
  /** Rotating-code keys of this card by UTC day, base64, 30 days ahead. */
  readonly rotating: Readonly<Record<string, string>>;
  readonly program: Omit<Program, 'secret'>;
  readonly state: MemberState;
  readonly profile: Profile | null;
  readonly history: readonly HistoryEntry[];
  readonly gseq: number;
  readonly asOf: Instant;
  readonly recoveryCode: string | null;
}

export interface HistoryEntry {
  readonly event: string;
  readonly kind: string;
  readonly at: Instant;
  readonly day: Day;
  readonly location: string;
  readonly total: number | null;
  readonly changes: readonly { readonly unit: UnitId; readonly amount: number }[];
  readonly rewards: readonly {
    readonly reward: string;
    readonly name: Text;
    readonly what: 'issued' | 'given' | 'returned';
  }[];
  readonly why: readonly Why[];
  readonly voided: boolean;
}
