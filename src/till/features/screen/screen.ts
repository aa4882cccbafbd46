import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Instant } from '../../../loyalty/basics.ts';
import type { ManagerReason, Refusal } from '../../../loyalty/decision.ts';
import type { Why } from '../../../loyalty/effects.ts';
import type { MemberView, RewardView } from '../../../loyalty/views.ts';
import type { Customer, Identification, PhoneVoucherOffer, Recording, RecordOptions } from '../../till.ts';
import { emptyBasket, type Basket } from './basket.ts';

/** What is on the till's screen at this moment. What is true of members and sales is the till's, never kept here. */
export interface Screen {
  readonly page: 'counter' | 'today';
  readonly sheet: Sheet | null;
  /** Who is being served. */
  readonly serving: Customer | null;
  readonly basket: Basket;
  /** The keypad for the amount is open. */
  readonly keypad: boolean;
  /** A voucher from the phone of who is being served, ready to be given. */
  readonly offer: PhoneVoucherOffer | null;
  /** What was recorded last, while it is still in sight. */
  readonly done: Done | null;
  readonly redemption: Redemption | null;
  readonly notice: Notice | null;
  /** Nothing was stored: said over everything else. */
  readonly notSaved: NotSaved | null;
  /** Something is being stored right now; a second tap does nothing. */
  readonly recording: boolean;
  /** A bug on the way to the store: thrown by the counter, so that nobody takes silence for success. */
  readonly crash: Error | null;
}

export type Sheet =
  | { readonly kind: 'phone' }
  | { readonly kind: 'code' }
  /** The last ones served, each with undo, where the counter has no room for them. */
  | { readonly kind: 'recent' }
  | { readonly kind: 'enroll'; readonly phone: string }
  | { readonly kind: 'edit'; readonly customer: Customer }
  | { readonly kind: 'settings' }
  /** Removing this till from the shop. */
  | { readonly kind: 'unpair' }
  /** The server does not know this till any more. */
  | { readonly kind: 'pairAgain' }
  | {
      readonly kind: 'manager';
      readonly because: ManagerReason | null;
      /** How many times today staff may go on without a manager; null: here they never may. */
      readonly ownWord: number | null;
      readonly needsReason: boolean;
      readonly resume: (options: RecordOptions) => void;
    };

export type Done =
  | {
      readonly kind: 'recorded';
      readonly event: string;
      readonly at: Instant;
      readonly before: MemberView | null;
      readonly after: MemberView;
      readonly why: readonly Why[];
    }
  | { readonly kind: 'noCard'; readonly event: string; readonly at: Instant; readonly total: number }
  | { readonly kind: 'takenBack'; readonly what: 'sale' | 'reward' };

export interface Redemption {
  readonly event: string;
  readonly at: Instant;
  readonly reward: RewardView;
  readonly customer: Customer;
}

export type Trouble = Extract<Identification, { ok: false }>;

type Notice =
  | { readonly kind: 'trouble'; readonly trouble: Trouble }
  | { readonly kind: 'refusal'; readonly refusal: Refusal; readonly retry: ((options: RecordOptions) => void) | null };

export type NotSaved = Extract<Extract<Recording, { ok: false }>['refusal'], { kind: 'notSaved' }>['because'];

export type ScreenStore = StoreApi<Screen>;

/** An empty counter, waiting for the next customer. */
export const idleCounter = {
  page: 'counter',
  sheet: null,
  serving: null,
  offer: null,
  basket: emptyBasket,
  keypad: false,
  done: null,
  redemption: null,
  notice: null,
} as const satisfies Partial<Screen>;

export const createScreen = (): ScreenStore =>
  createStore<Screen>(() => ({ ...idleCounter, notSaved: null, recording: false, crash: null }));

/** Whether something is open that must not be interrupted by an update. */
export const isBusy = (screen: Screen): boolean =>
  screen.recording ||
  screen.serving !== null ||
  screen.sheet !== null ||
  screen.redemption !== null ||
  screen.notSaved !== null ||
  screen.basket !== emptyBasket;
