import type { CardDocument } from '../../protocol/card/cardDocument.ts';
import { CARD_HEADER } from '../../protocol/card/cardApi.ts';
import type { FoundCard, RecoveryAnswer, ShopFace, VoucherAnswer } from '../../protocol/card/cardApi.ts';

/** Why an answer did not come, or was no. `noCard`: the server does not know this phone. */
export type Problem = 'offline' | 'noCard' | 'unknown' | 'taken' | 'tooMany' | 'error';

export type Answer<T> =
  | { readonly ok: true; readonly value: T; readonly etag: string | null; readonly serverTime: number | null }
  | { readonly ok: false; readonly problem: Problem };

const PROBLEMS: Readonly<Record<number, Problem>> = { 401: 'noCard', 404: 'unknown', 409: 'taken', 429: 'tooMany' };
const TIMEOUT_MS = 15_000;

/** `null` as value: nothing has changed since `etag`. */
export function fetchCard(etag: string | null): Promise<Answer<CardDocument | null>> {
  return ask('card', { headers: etag === null ? {} : { 'if-none-match': etag } });
}

export function fetchShop(shop: string): Promise<Answer<ShopFace>> {
  return ask(`shop/${encodeURIComponent(shop)}`, {});
}

export function join(shop: string, id: string, language: string): Promise<Answer<CardDocument>> {
  return send('join', { shop, join: id, language });
}

export function found(token: string): Promise<Answer<FoundCard>> {
  return send('found', { token });
}

export function claim(token: string, id: string, language: string): Promise<Answer<CardDocument>> {
  return send('claim', { token, join: id, language });
}

export function recover(code: string): Promise<Answer<CardDocument>> {
  return send('recover', { code });
}

/** An installed card that starts with empty storage brings itself back by the key in its start address. */
export function comeBack(key: string): Promise<Answer<CardDocument>> {
  return send('comeback', { key });
}

export function saveProfile(name: string | null, callName: string | null): Promise<Answer<CardDocument>> {
  return send('profile', { name, callName });
}

/** A code with which a till without network gives this reward. */
export function askVoucher(reward: string, voucher: string | null): Promise<Answer<VoucherAnswer>> {
  return send('voucher', { reward, voucher });
}

export function newRecoveryCode(): Promise<Answer<RecoveryAnswer>> {
  return send('recovery', {});
}

export function forgetPhone(): Promise<Answer<null>> {
  return send('forget', {});
}

/** The shop forgets who this was; the card ends on every phone. */
export function eraseMe(): Promise<Answer<null>> {
  return send('erase', {});
}

function send<T>(path: string, body: unknown): Promise<Answer<T>> {
  return ask(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', [CARD_HEADER]: '1' },
    body: JSON.stringify(body),
  });
}

async function ask<T>(path: string, init: RequestInit): Promise<Answer<T>> {
  try {
    const response = await fetch(`/c/api/${path}`, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
    const date = Date.parse(response.headers.get('date') ?? '');
    const common = { etag: response.headers.get('etag'), serverTime: Number.isNaN(date) ? null : date };
    if (response.status === 304) return { ok: true, value: null as T, ...common };
    if (!response.ok) return { ok: false, problem: PROBLEMS[response.status] ?? 'error' };
    // A hotel's sign-in page answers 200 with HTML: that is no answer.
    if (!(response.headers.get('content-type') ?? '').includes('json')) return { ok: false, problem: 'offline' };
    return { ok: true, value: (await response.json()) as T, ...common };
  } catch {
    return { ok: false, problem: 'offline' };
  }
}
