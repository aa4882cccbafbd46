import { describe, expect, test } from 'vitest';
import type { Context, GivenOffline, Request, Situation } from './decision.ts';
import type { Fact } from './facts.ts';
import { both } from './presets.ts';
import type { Program } from './program.ts';
import { propose } from './propose.ts';
import type { MemberState } from './state.ts';
import { contextOf, Ledger, line, redeemed, saleOf, situation, voided } from './testing/world.ts';

const shop = both({ scale: 0, takes: 2, category: null });
const day = '2026-03-02';
const minute = 60_000;

const ledger = new Ledger(shop);
ledger.book('s1', saleOf(10_000));
ledger.book('s2', saleOf(0));
const { state } = ledger;

function ask(
  request: Request,
  moment: Partial<Situation> = {},
  more: { program?: Program; state?: MemberState; context?: Partial<Context> } = {},
) {
  const context = contextOf('x', day, more.context);
  const answer = propose(more.program ?? shop, more.state ?? state, request, context, situation(moment));
  return answer.ok ? answer.fact : answer.refusal;
}

const redeem = (reward: string, voucher: string | null = null): Request => ({ kind: 'redeem', reward, voucher });
const refusedAs = (kind: string, more: object = {}) => expect.objectContaining({ kind, ...more });
const offline = { online: false };
const given = (n: number, more: Partial<GivenOffline> = {}): GivenOffline[] =>
  Array.from({ length: n }, () => ({
    reward: 'coffee',
    at: 1_000_000_000,
    day,
    sameMember: false,
    thisOutage: true,
    ownWord: false,
    ...more,
  }));

describe('redeeming', () => {
  test('takes the open voucher, else the cost', () => {
    expect(ask(redeem('gift'))).toMatchObject({ kind: 'redeemed', voucher: 'full/1' });
    expect(ask(redeem('coffee'))).toMatchObject({ kind: 'redeemed', voucher: null, due: null });
  });

  test('says what is missing', () => {
    expect(ask(redeem('mug'))).toEqual({ kind: 'balanceTooLow', unit: 'points', have: 100, need: 250 });
    expect(ask(redeem('cloud'))).toEqual({ kind: 'unknownReward', reward: 'cloud' });
    expect(ask(redeem('gift', 'full/7'))).toEqual({ kind: 'voucherNotOpen', voucher: 'full/7', status: 'unknown' });
    const used = new Ledger(shop);
    used.state = state;
    used.book('r', redeemed('gift', 'full/1'));
    const again = ask(redeem('gift', 'full/1'), {}, { state: used.state });
    expect(again).toEqual({ kind: 'voucherNotOpen', voucher: 'full/1', status: 'consumed' });
    expect(ask(redeem('gift'), {}, { state: used.state })).toEqual({
      kind: 'balanceTooLow',
      unit: 'card',
      have: 0,
      need: 2,
    });
  });

  test('a voucher that has ended, or is for something else, is not open', () => {
    const ended = {
      ...state,
      vouchers: state.vouchers.map((voucher) => ({ ...voucher, expires: '2026-03-01' })),
    };
    expect(ask(redeem('gift', 'full/1'), {}, { state: ended })).toMatchObject({ status: 'expired' });
    expect(ask(redeem('coffee', 'full/1'))).toMatchObject({ kind: 'voucherNotOpen' });
  });

  test('rewards have their days, their limits, and may need the network', () => {
    const changed = (part: object): Program => ({
      ...shop,
      rewards: shop.rewards.map((reward) => ({ ...reward, ...part })),
    });
    const tuesdays = changed({ active: { from: null, to: null, weekdays: [2], hours: null } });
    expect(ask(redeem('coffee'), {}, { program: tuesdays })).toEqual({ kind: 'rewardNotActive', reward: 'coffee' });
    const online = changed({ onlineOnly: true });
    expect(ask(redeem('coffee'), offline, { program: online })).toEqual({ kind: 'onlineOnly', reward: 'coffee' });
    expect(ask(redeem('coffee'), {}, { program: online })).toMatchObject({ kind: 'redeemed' });
    const once = changed({ limits: [{ n: 1, per: 'member', window: { kind: 'calendar', of: 'week' } }] });
    const limited = new Ledger(once);
    limited.state = state;
    limited.book('r', redeemed('coffee'), '2026-03-02');
    limited.book('s', saleOf(20_000), '2026-03-02');
    expect(ask(redeem('coffee'), {}, { program: once, state: limited.state })).toMatchObject({
      kind: 'limitReached',
      n: 1,
      per: 'member',
    });
    const nextWeek = propose(once, limited.state, redeem('coffee'), contextOf('x', '2026-03-09'), situation());
    expect(nextWeek.ok).toBe(true);
  });

  test('a revoked card redeems nothing', () => {
    const revoked = new Ledger(shop);
    revoked.state = state;
    revoked.book('c', { kind: 'credentialRevoked', credential: 'card1', reason: null });
    expect(ask(redeem('gift'), { credentialId: 'card1' }, { state: revoked.state })).toEqual({
      kind: 'credentialRevoked',
    });
    expect(ask(redeem('gift'), { credentialId: 'card2' }, { state: revoked.state })).toMatchObject({
      kind: 'redeemed',
    });
  });

  test.each([
    ['offlineTooLong', { lastSyncAt: null }],
    ['offlineTooLong', { at: 73 * 60 * minute, lastSyncAt: 0 }],
    ['offlineTooLong', { at: 0, lastSyncAt: 73 * 60 * minute }],
    ['weakCredential', { credential: 'printed' }],
    ['weakCredential', { credential: 'phone' }],
    ['offlineMemberLimit', { given: given(1, { sameMember: true, thisOutage: false }) }],
    ['offlineOutageLimit', { given: given(20) }],
  ] as const)('offline needs a manager where it is risky: %s', (because, moment) => {
    expect(ask(redeem('gift'), { ...offline, ...moment })).toMatchObject({ kind: 'managerNeeded', because });
    // A till that has heard nothing for so long is not online, whatever it believes.
    if (because !== 'offlineTooLong') {
      expect(ask(redeem('gift'), moment)).toMatchObject({ kind: 'redeemed', approvedBy: null });
    }
    expect(ask(redeem('gift'), { ...offline, ...moment, approvedBy: 'm1' })).toMatchObject({ approvedBy: 'm1' });
    expect(ask(redeem('gift'), { ...offline, ...moment, staffRole: 'owner' })).toMatchObject({ kind: 'redeemed' });
  });

  test('offline at the limits themselves still goes', () => {
    const moment = { at: 72 * 60 * minute, lastSyncAt: 0, given: given(19, { at: 0 }) };
    expect(ask(redeem('gift'), { ...offline, ...moment })).toMatchObject({ kind: 'redeemed' });
  });
});

describe('earning', () => {
  test('not twice within the cool-down, unless it is a second purchase; a clock that was set back opens nothing', () => {
    const at = 500 * minute;
    expect(ask(saleOf(1), { at, lastEarnAt: at - minute })).toEqual({ kind: 'cooldown', secondsLeft: 60 });
    expect(ask(saleOf(1), { at, lastEarnAt: at - minute, secondPurchase: true })).toMatchObject({ kind: 'sale' });
    expect(ask(saleOf(1), { at, lastEarnAt: at - 2 * minute })).toMatchObject({ kind: 'sale' });
    expect(ask(saleOf(1), { at, lastEarnAt: at + 500 * minute })).toEqual({ kind: 'cooldown', secondsLeft: 120 });
  });

  test.each([saleOf(-1), saleOf(1.5), saleOf(1, [line('coffee', 0)]), saleOf(1, [line('coffee', 1, { amount: -1 })])])(
    'amounts must make sense',
    (sale) => expect(ask(sale)).toEqual({ kind: 'badAmount' }),
  );
});

describe('taking back', () => {
  const target = ledger.booked[0] ?? null;
  const known = { context: { target } };
  const at = 500 * minute;

  test('the own act is free for five minutes; later, or for others, a manager with a reason', () => {
    const reasoned: Fact = { kind: 'voided', target: 's1', reason: 'wrong one' };
    const early = { at, targetAt: at - 5 * minute };
    const late = { at, targetAt: at - 5 * minute - 1 };
    expect(ask(voided('s1'), early, known)).toMatchObject({ kind: 'voided' });
    expect(ask(reasoned, late, known)).toEqual({ kind: 'managerNeeded', because: 'lateVoid' });
    expect(ask(reasoned, { ...early, ownTarget: false }, known)).toEqual({
      kind: 'managerNeeded',
      because: 'foreignVoid',
    });
    expect(ask(voided('s1'), { ...late, approvedBy: 'm' }, known)).toEqual({ kind: 'reasonNeeded' });
    expect(ask(reasoned, { ...late, approvedBy: 'm' }, known)).toMatchObject({ kind: 'voided' });
  });

  test('only what is known, once, and never more than there was', () => {
    expect(ask(voided('s1'))).toEqual({ kind: 'targetUnknown', target: 's1' });
    const done = new Ledger(shop);
    done.book('s1', saleOf(10_000));
    done.book('p', { kind: 'refunded', target: 's1', amount: 4000 });
    const sale = { context: { target: done.booked[0] ?? null }, state: done.state };
    expect(ask({ kind: 'refunded', target: 's1', amount: 6001 }, {}, sale)).toEqual({
      kind: 'refundTooHigh',
      left: 6000,
    });
    expect(ask({ kind: 'refunded', target: 's1', amount: 6000 }, {}, sale)).toMatchObject({ kind: 'refunded' });
    expect(ask({ kind: 'refunded', target: 's1', amount: 0 }, {}, sale)).toEqual({ kind: 'badAmount' });
    done.book('v', voided('s1'));
    expect(ask(voided('s1'), {}, { ...sale, state: done.state })).toEqual({ kind: 'alreadyReversed', target: 's1' });
    const aVoid = { context: { target: done.booked[2] ?? null } };
    expect(ask(voided('v'), {}, aVoid)).toEqual({ kind: 'notReversible', target: 'v' });
  });

  test('what is older than the marks of reversals needs the network', () => {
    const old = { context: { target: target && { ...target, day: '2025-01-01' } } };
    expect(ask(voided('s1'), offline, old)).toMatchObject({ kind: 'targetUnknown' });
    expect(ask(voided('s1'), {}, old)).toMatchObject({ kind: 'voided' });
  });
});

describe('goodwill and adjustments', () => {
  const goodwill: Fact = { kind: 'goodwill', reason: 'spilled', unit: 'card', amount: 1 };
  const adjusted: Fact = { kind: 'adjusted', reason: 'count', unit: 'card', amount: -1 };

  test('goodwill has a reason and a limit a day', () => {
    expect(ask(goodwill, { goodwillToday: 2 })).toMatchObject({ kind: 'goodwill' });
    expect(ask(goodwill, { goodwillToday: 3 })).toEqual({ kind: 'managerNeeded', because: 'goodwillLimit' });
    expect(ask({ ...goodwill, reason: ' ' })).toEqual({ kind: 'reasonNeeded' });
    expect(ask({ ...goodwill, amount: 0 })).toEqual({ kind: 'badAmount' });
    expect(ask({ kind: 'goodwillReward', reason: 'r', reward: 'cloud' })).toEqual(refusedAs('unknownReward'));
    expect(ask({ kind: 'goodwillReward', reason: 'r', reward: 'mug' })).toMatchObject({ kind: 'goodwillReward' });
  });

  test('adjusting is for managers', () => {
    expect(ask(adjusted)).toEqual({ kind: 'managerNeeded', because: 'adjustment' });
    expect(ask(adjusted, { staffRole: 'manager' })).toMatchObject({ kind: 'adjusted' });
    expect(ask({ ...adjusted, amount: 0 }, { staffRole: 'manager' })).toEqual({ kind: 'badAmount' });
    expect(ask({ ...adjusted, reason: '' }, { staffRole: 'manager' })).toEqual({ kind: 'reasonNeeded' });
  });
});

test('what is proposed is what effectsOf says', () => {
  const answer = propose(shop, state, saleOf(250), contextOf('x', day), situation());
  expect(answer).toMatchObject({ ok: true, effects: [{ kind: 'tally' }, { kind: 'credit' }, {}, {}] });
});
