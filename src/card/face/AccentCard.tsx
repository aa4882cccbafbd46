import { Chip } from '../../ui/Chip.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { QrCode } from '../../ui/QrCode.tsx';
import type { Day } from '../../loyalty/basics.ts';
import type { MemberView } from '../../loyalty/views.ts';
import { spacedTypedCode } from '../../protocol/card/typedCode.ts';
import type { Kept } from '../phone/storage.ts';
import { useWords } from '../words.ts';
import { headlineOf } from './headline.ts';
import { useRotatingText } from './useRotatingText.ts';
import { useWakeLock } from './useWakeLock.ts';
import styles from './AccentCard.module.css';

/** The card itself: what it holds, and the code, black on white in every theme. */
export function AccentCard({
  kept,
  view,
  today,
  glowing,
}: {
  kept: Kept;
  view: MemberView;
  today: Day;
  glowing: boolean;
}) {
  const { card } = kept;
  const words = useWords(card);
  const { messages } = words;
  const shown = useRotatingText(kept);
  const headline = headlineOf(view, words, today);
  useWakeLock();
  return (
    <section className={styles.card}>
      <div className={styles.top}>
        <div className={styles.held}>
          <p className={glowing ? `${styles.balance} ${styles.glowing}` : styles.balance} data-test="balance">
            {headline.title}
          </p>
          {headline.detail && <p className={styles.detail}>{headline.detail}</p>}
        </div>
        {view.tier && (
          <span className={styles.tier}>
            <Chip icon="award" size="s">
              {words.text(view.tier.name)}
            </Chip>
          </span>
        )}
      </div>
      <div className={styles.qr} data-test="qr" data-text={shown?.text ?? ''}>
        {shown && <QrCode text={shown.text} size={296} label={messages.qr.label} className={styles.code} />}
      </div>
      <p className={styles.typed}>
        <span className="spoken">{messages.qr.typedLabel} </span>
        {spacedTypedCode(card.typedCode)}
      </p>
      {shown && !shown.rotating ? (
        <p className={styles.ranOut}>
          <Icon name="alert" size={20} />
          {messages.qr.keysRanOut}
        </p>
      ) : (
        <p className={styles.note}>
          <Icon name="wifiOff" size={18} />
          {messages.qr.worksOffline}
        </p>
      )}
    </section>
  );
}
