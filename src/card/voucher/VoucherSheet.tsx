import type { MemberView, RewardView } from '../../loyalty/views.ts';
import type { CardDocument } from '../../protocol/card/cardDocument.ts';
import { Button } from '../../ui/Button.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { RewardRow } from '../../ui/RewardRow.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { useWords } from '../words.ts';
import { closeVouchers, fetchVoucher, openVouchers, useVoucher, type VoucherState } from './voucher.ts';
import { VoucherFace } from './VoucherFace.tsx';
import styles from './Voucher.module.css';

interface VoucherSheetProps {
  readonly card: CardDocument;
  readonly view: MemberView;
  /** The server's clock minus this phone's. */
  readonly offset: number;
}

/** Choose a reward, fetch its code, show it: the phone's network stands in for the till's. */
export function VoucherSheet({ card, view, offset }: VoucherSheetProps) {
  const words = useWords(card);
  const say = words.messages.voucher;
  const state = useVoucher();
  if (state.step === 'shown') return <VoucherFace card={card} offset={offset} {...state} />;
  return (
    <Sheet title={say.title} isOpen={state.step !== 'closed'} onClose={closeVouchers} data-test="vouchers">
      <div className={styles.sheet}>
        {state.step === 'refused' ? (
          <Refused state={state} card={card} />
        ) : (
          <>
            <p className={styles.lead}>{say.lead}</p>
            {view.available.map((reward) => (
              <RewardRow
                key={`${reward.reward}/${reward.voucher ?? reward.due ?? ''}`}
                icon={reward.picture}
                name={words.text(reward.name)}
                detail={reward.cost ? words.amount(reward.cost.unit, reward.cost.amount) : undefined}
              >
                <Button
                  kind="tint"
                  isDisabled={state.step === 'asking'}
                  label={`${say.get}: ${words.text(reward.name)}`}
                  onPress={() => void fetchVoucher(reward)}
                  data-test="get-voucher"
                >
                  {state.step === 'asking' && isSame(state.reward, reward) ? say.asking : say.get}
                </Button>
              </RewardRow>
            ))}
          </>
        )}
      </div>
    </Sheet>
  );
}

function Refused({ state, card }: { state: Extract<VoucherState, { step: 'refused' }>; card: CardDocument }) {
  const say = useWords(card).messages.voucher;
  const { because, reward } = state;
  const mayTryAgain = because === 'offline' || because === 'error' || because === 'tooMany';
  return (
    <ErrorNote
      tone="warn"
      title={say.no}
      data-test="no-voucher"
      action={
        <Button onPress={() => (mayTryAgain ? void fetchVoucher(reward) : openVouchers())}>
          {mayTryAgain ? say.again : say.back}
        </Button>
      }
    >
      {because in say.because ? say.because[because as keyof typeof say.because] : say.because.error}
    </ErrorNote>
  );
}

const isSame = (a: RewardView, b: RewardView): boolean =>
  a.reward === b.reward && a.voucher === b.voucher && a.due === b.due;
