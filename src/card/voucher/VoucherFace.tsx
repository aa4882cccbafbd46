import { Dialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import type { RewardView } from '../../loyalty/views.ts';
import type { PhoneVoucher } from '../../protocol/card/cardApi.ts';
import type { CardDocument } from '../../protocol/card/cardDocument.ts';
import { Button } from '../../ui/Button.tsx';
import { QrCode } from '../../ui/QrCode.tsx';
import { useNow } from '../face/useNow.ts';
import { useWakeLock } from '../face/useWakeLock.ts';
import { useWords } from '../words.ts';
import { closeVouchers, fetchVoucher } from './voucher.ts';
import styles from './Voucher.module.css';

interface VoucherFaceProps {
  readonly card: CardDocument;
  readonly reward: RewardView;
  readonly voucher: PhoneVoucher;
  readonly offset: number;
}

/** The code, as large as the phone allows, with what it is for and how long it lasts. */
export function VoucherFace({ card, reward, voucher, offset }: VoucherFaceProps) {
  const { messages, text, format } = useWords(card);
  const say = messages.voucher;
  const left = voucher.until - (useNow(500) + offset);
  const isOver = left <= 0;
  useWakeLock();
  return (
    <ModalOverlay className={styles.overlay ?? ''} isOpen onOpenChange={(open) => !open && closeVouchers()}>
      <Modal className={styles.full ?? ''}>
        <Dialog className={styles.face ?? ''} data-test="voucher">
          <Heading slot="title" className={styles.reward ?? ''} level={1}>
            {text(reward.name)}
          </Heading>
          <p className={styles.what}>{isOver ? say.over : say.show}</p>
          {isOver ? (
            <Button kind="main" size="l" onPress={() => void fetchVoucher(reward)}>
              {say.renew}
            </Button>
          ) : (
            <>
              <div className={styles.qr} data-test="voucher-qr" data-text={voucher.text}>
                <QrCode text={voucher.text} size={360} label={say.label} className={styles.code} />
              </div>
              <p className={styles.left} role="timer" data-soon={left < 60_000 || undefined}>
                {say.left({ time: format.countdown(left) })}
              </p>
            </>
          )}
          <p className={styles.once}>{say.once}</p>
          <Button className={styles.close} onPress={closeVouchers}>
            {say.done}
          </Button>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
