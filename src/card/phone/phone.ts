import { create } from 'zustand';
import type { CardDocument } from '../../protocol/card/cardDocument.ts';
import type { Answer } from './api.ts';
import { comeBack, fetchCard } from './api.ts';
import type { Landed } from './newStamps.ts';
import { NOTHING, newStamps } from './newStamps.ts';
import type { Kept } from './storage.ts';
import { joined, keep, readKept } from './storage.ts';

/** What this phone holds, and how things stand with the server. */
export interface Phone {
  /** `gone`: the card was here, and the server does not know this phone any more. */
  readonly face: 'loading' | 'card' | 'none' | 'gone' | 'failed';
  readonly kept: Kept | null;
  /** false: the last try did not reach the server. */
  readonly reached: boolean;
  /** What came with the last change, while it glows. */
  readonly landed: Landed;
  /** A recovery code that was just given, until the customer has put it away. */
  readonly recoveryCode: string | null;
}

const GLOW_MS = 6000;
/** Below this a clock is right: the server's time comes in whole seconds, and travels. */
const CLOCK_NOISE_MS = 3000;

export const usePhone = create<Phone>(() => {
  const kept = readKept();
  return { face: kept ? 'card' : 'loading', kept, reached: true, landed: NOTHING, recoveryCode: null };
});

let asking: Promise<void> | null = null;
let askAgain = false;

/**
 * Asks the server for news. What is kept stays on the screen, whatever the answer is. One question at a time, so that an
 * old answer never covers a newer one; a hint that comes meanwhile is asked for afterwards.
 */
export function refresh(): Promise<void> {
  if (asking) {
    askAgain = true;
    return asking;
  }
  asking = ask().finally(() => {
    asking = null;
    const again = askAgain;
    askAgain = false;
    if (again) void refresh();
  });
  return asking;
}

async function ask(): Promise<void> {
  const before = usePhone.getState().kept;
  const answer = await fetchCard(before?.etag ?? null);
  if (answer.ok && answer.value === null) {
    if (before) settle({ ...before, ...stamp(answer.serverTime) });
    return;
  }
  if (!answer.ok && answer.problem === 'noCard') {
    const key = new URLSearchParams(location.hash.slice(1)).get('k');
    const back = key === null ? null : await comeBack(key);
    if (back?.ok) adopt(back);
    else if (back?.problem === 'offline') usePhone.setState({ reached: false });
    else usePhone.setState({ face: before ? 'gone' : 'none', reached: true });
    return;
  }
  adopt(answer);
}

/** Takes an answer that carries a card onto the phone. */
export function adopt(answer: Answer<CardDocument | null>): void {
  if (!answer.ok) {
    const reached = answer.problem !== 'offline';
    usePhone.setState((phone) => ({ reached, face: phone.kept || !reached ? phone.face : 'failed' }));
    return;
  }
  const card = answer.value;
  if (!card) return;
  const { kept, recoveryCode } = usePhone.getState();
  const same = kept?.card.member === card.member;
  const landed = same ? newStamps(kept.card.state, card.state) : NOTHING;
  joined();
  settle({ card: { ...card, recoveryCode: null }, etag: answer.etag, ...stamp(card.asOf) });
  usePhone.setState({ landed, recoveryCode: card.recoveryCode ?? recoveryCode });
  if (landed !== NOTHING) {
    setTimeout(() => usePhone.setState((phone) => (phone.landed === landed ? { landed: NOTHING } : {})), GLOW_MS);
  }
}

/** Takes the card off this phone. */
export function drop(): void {
  keep(null);
  usePhone.setState({ face: 'none', kept: null, landed: NOTHING, recoveryCode: null });
}

function settle(kept: Kept): void {
  keep(kept);
  usePhone.setState({ face: 'card', kept, reached: true });
}

function stamp(serverTime: number | null): { checkedAt: number; offset: number } {
  const checkedAt = Date.now();
  const offset = serverTime === null ? 0 : serverTime - checkedAt;
  return { checkedAt, offset: Math.abs(offset) < CLOCK_NOISE_MS ? 0 : offset };
}
