import { type Draft, mine } from './draft.ts';
import type { Effect } from '../effects.ts';
import type { MemberState, Voucher } from '../state.ts';

export type EffectOf<K extends Effect['kind']> = Extract<Effect, { readonly kind: K }>;

export function voucherOf(state: MemberState, id: string): Voucher | undefined {
  return state.vouchers.find((voucher) => voucher.id === id);
}

/** true where an issue can be taken back without owing: nobody used the voucher since. */
export function isUnused(voucher: Voucher | undefined): boolean {
  return voucher !== undefined && (voucher.status === 'open' || voucher.ahead);
}

/** A voucher comes into being, or closes the use that came ahead of it. The same name twice is one voucher. */
export function issueVoucher(draft: Draft, effect: EffectOf<'issue'>): void {
  const { reward, rule, on, expires } = effect;
  const there = voucherOf(draft.state, effect.voucher);
  if (there === undefined) {
    mine(draft, 'vouchers').push({
      id: effect.voucher,
      reward,
      rule,
      on,
      expires,
      status: 'open',
      closed: null,
      ahead: false,
      by: [],
    });
  } else if (there.status === 'consumedAhead') {
    replace(draft, { ...there, reward, rule, on, expires, status: 'consumed' });
  }
}

/** Takes a voucher away, since what earned it was taken back. One that was used counts as used ahead from then on. */
export function withdrawVoucher(draft: Draft, effect: EffectOf<'withdraw'>): void {
  const there = voucherOf(draft.state, effect.voucher);
  if (there === undefined) return;
  if (there.status === 'open') remove(draft, there.id);
  else {
    const on = there.closed ?? there.on;
    replace(draft, { ...there, rule: 'fact', on, expires: null, status: 'consumedAhead', ahead: true });
  }
}

/** Uses a voucher up. One that is not there yet is noted as used ahead, so that earning it later gives nothing twice. */
export function consumeVoucher(draft: Draft, effect: EffectOf<'consume'>): void {
  const { voucher: id, reward, rule, by, on } = effect;
  const there = voucherOf(draft.state, id);
  if (there === undefined) {
    mine(draft, 'vouchers').push({
      id,
      reward,
      rule,
      on,
      expires: null,
      status: 'consumedAhead',
      closed: on,
      ahead: true,
      by: [by],
    });
  } else if (there.status === 'open') replace(draft, { ...there, status: 'consumed', closed: on, by: [by] });
  else replace(draft, { ...there, by: [...there.by, by] });
}

/** Notes one more use of a voucher that was used up already. */
export function overdrawVoucher(draft: Draft, effect: EffectOf<'overdraw'>): void {
  const there = voucherOf(draft.state, effect.voucher);
  if (there !== undefined) replace(draft, { ...there, by: [...there.by, effect.by] });
}

/** Takes one use of a voucher back; it is open again when it was the only one. */
export function reopenVoucher(draft: Draft, effect: EffectOf<'reopen'>): void {
  const there = voucherOf(draft.state, effect.voucher);
  if (there === undefined || there.status === 'open') return;
  const by = there.by.filter((event) => event !== effect.by);
  if (by.length > 0) replace(draft, { ...there, by });
  else if (there.status === 'consumedAhead') remove(draft, there.id);
  else replace(draft, { ...there, status: 'open', closed: null, ahead: false, by });
}

function replace(draft: Draft, voucher: Voucher): void {
  const vouchers = mine(draft, 'vouchers');
  vouchers[vouchers.findIndex((other) => other.id === voucher.id)] = voucher;
}

function remove(draft: Draft, id: string): void {
  const vouchers = mine(draft, 'vouchers');
  vouchers.splice(
    vouchers.findIndex((voucher) => voucher.id === id),
    1,
  );
}
