import { create } from 'zustand';
import type { RewardView } from '../../loyalty/views.ts';
import type { NoVoucher, PhoneVoucher } from '../../protocol/card/cardApi.ts';
import { askVoucher, type Problem } from '../phone/api.ts';

/** Where the customer is on the way to a code for a till without network. */
export type VoucherState =
  | { readonly step: 'closed' }
  | { readonly step: 'choose' }
  | { readonly step: 'asking'; readonly reward: RewardView }
  | { readonly step: 'shown'; readonly reward: RewardView; readonly voucher: PhoneVoucher }
  | { readonly step: 'refused'; readonly reward: RewardView; readonly because: NoVoucher | Problem };

export const useVoucher = create<VoucherState>(() => ({ step: 'closed' }));

const go = (state: VoucherState) => useVoucher.setState(state, true);

export const openVouchers = () => go({ step: 'choose' });
export const closeVouchers = () => go({ step: 'closed' });

/** Asks for one reward's code; an answer that comes after the customer has gone back is dropped. */
export async function fetchVoucher(reward: RewardView): Promise<void> {
  const asking: VoucherState = { step: 'asking', reward };
  go(asking);
  const answer = await askVoucher(reward.reward, reward.voucher ?? reward.due);
  if (useVoucher.getState() !== asking) return;
  if (!answer.ok) go({ step: 'refused', reward, because: answer.problem });
  else if (!answer.value.ok) go({ step: 'refused', reward, because: answer.value.because });
  else go({ step: 'shown', reward, voucher: answer.value.voucher });
}
