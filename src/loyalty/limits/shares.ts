import type { Day } from '../basics.ts';
import { addDays, isDay } from '../days.ts';
import type { Effect } from '../effects.ts';
import { periodOf, type Period } from '../rules/periods.ts';
import type { Limit } from '../program.ts';
import { entry, put } from '../records.ts';

/**
 * A limit per business is held as shares per device, so that tills keep it without a network: each may give only what was
 * granted to it. A limit per device needs no grant, but its uses are counted the same way. One window of one limit is a
 * **pool**, named `<rule or reward:id>/<device|business>/<window>/<first day>`; what one device has of it is its **share**,
 * named by the pool and the device. Facts name the shares that they use, so what a limit allows never has to be guessed later.
 */
export interface SharePool {
  readonly id: string;
  readonly accounts: Readonly<Record<string, ShareAccount>>;
}

/** What one device has of a pool. `used` is net of what voids gave back; what is left is granted - used - released. */
export interface ShareAccount {
  readonly granted: number;
  readonly used: number;
  readonly released: number;
}

export type ShareEffect = Extract<Effect, { readonly kind: 'share' }>;

interface PoolName {
  /** The part that is the same for every window. */
  readonly limit: string;
  readonly id: string;
  readonly per: Limit['per'];
  readonly from: Day | null;
  /** Last day of the window; `null`: it never ends. */
  readonly until: Day | null;
}

const EVER = 'ever';
/** How long after its window a pool is kept; what comes even later is booked, and counted in the ledger alone. */
const KEPT_DAYS = 60;
const PERIODS: ReadonlySet<string> = new Set<Period>(['day', 'week', 'month', 'quarter', 'halfYear', 'year']);
const NONE: ShareAccount = { granted: 0, used: 0, released: 0 };

/** The name of a shared limit, whatever the window; `null` for limits per member and for windows that can't be shared. */
export function limitName(id: string, { per, window }: Pick<Limit, 'per' | 'window'>): string | null {
  if (per === 'member' || window.kind === 'rolling') return null;
  return `${id}/${per}/${window.kind === 'allTime' ? EVER : window.of}`;
}

/** The pool of a shared limit that holds a day. */
export function poolOf(id: string, limit: Pick<Limit, 'per' | 'window'>, day: Day): string | null {
  const name = limitName(id, limit);
  if (name === null) return null;
  return `${name}/${limit.window.kind === 'calendar' ? periodOf(day, limit.window.of).from : EVER}`;
}

/** Takes a pool's name apart; `null` where it is none. */
export function readPool(pool: string): PoolName | null {
  const parts = pool.split('/');
  const [id = '', per, window = '', from = ''] = parts;
  if (parts.length !== 4 || id === '' || (per !== 'device' && per !== 'business')) return null;
  const name = { id, per, limit: `${id}/${per}/${window}` } as const;
  if (window === EVER) return from === EVER ? { ...name, from: null, until: null } : null;
  if (!isPeriod(window) || !isDay(from)) return null;
  const period = periodOf(from, window);
  return period.from === from ? { ...name, from, until: period.to } : null;
}

function isPeriod(window: string): window is Period {
  return PERIODS.has(window);
}

/** The share that a device has of a pool. */
export function shareOf(pool: string, device: string): string {
  return `${pool}/${device}`;
}

/** The pool and the device that a share's name says. */
export function readShare(share: string): { readonly pool: string; readonly device: string } {
  const end = share.lastIndexOf('/');
  return { pool: share.slice(0, Math.max(0, end)), device: share.slice(end + 1) };
}

/** Whether a share still counts on a day: its window has not ended. */
export function isShareOpen(share: string, day: Day): boolean {
  const pool = readPool(readShare(share).pool);
  return pool !== null && (pool.until === null || day <= pool.until);
}

/** Whether the counts of a pool need not be kept any more: no event of its window can still be on its way for long. */
export function isPoolForgotten(pool: string, today: Day): boolean {
  const until = readPool(pool)?.until;
  return typeof until === 'string' && addDays(until, KEPT_DAYS) < today;
}

/** The account of a device, whether or not it ever had anything. */
export function accountOf(pool: SharePool | undefined, device: string): ShareAccount {
  return (pool && entry(pool.accounts, device)) ?? NONE;
}

/** What a device may still give: of a limit per device `n` stands for the grant. Negative where more was given. */
export function leftOf(pool: string, account: ShareAccount, n: number): number {
  const granted = readPool(pool)?.per === 'device' ? n : account.granted;
  return granted - account.used - account.released;
}

/** One effect folded into a pool; the same at the server and at every till. */
export function foldShare(pool: SharePool, effect: ShareEffect): SharePool {
  const { device } = readShare(effect.share);
  const accounts = { ...pool.accounts };
  put(accounts, device, moved(accountOf(pool, device), effect));
  return { ...pool, accounts };
}

function moved(account: ShareAccount, { move, n }: ShareEffect): ShareAccount {
  switch (move) {
    case 'granted':
      return { ...account, granted: account.granted + n };
    case 'used':
      return { ...account, used: account.used + n };
    case 'returned':
      return { ...account, used: account.used - n };
    case 'released':
      return { ...account, released: account.released + n };
  }
}
