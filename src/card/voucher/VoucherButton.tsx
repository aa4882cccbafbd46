import type { MemberView } from '../../loyalty/views.ts';
import type { CardDocument } from '../../protocol/card/cardDocument.ts';
import { Button } from '../../ui/Button.tsx';
import { useWords } from '../words.ts';
import { openVouchers } from './voucher.ts';
import styles from './Voucher.module.css';

/** The way out when the shop's till has no network and this phone has: only where there is something to have. */
export function VoucherButton({ card, view }: { readonly card: CardDocument; readonly view: MemberView }) {
  const { messages } = useWords(card);
  const isOffered = card.program.policies.phoneVoucherMinutes !== 0;
  if (!isOffered || view.available.length === 0) return null;
  return (
    <Button kind="plain" icon="wifiOff" className={styles.open} onPress={openVouchers} data-test="open-vouchers">
      {messages.voucher.open}
    </Button>
  );
}
