import { useMemo } from 'react';
import type { Text } from '../../loyalty/basics.ts';
import type { Program } from '../../loyalty/program.ts';
import type { MemberView, RewardView } from '../../loyalty/views.ts';
import { textIn } from '../../i18n/format.ts';
import { classes } from '../../ui/classes.ts';
import { Icon } from '../../ui/Icon.tsx';
import { StampCard } from '../../ui/StampCard.tsx';
import { useOffice } from '../app/context.ts';
import { sampleView } from './sampleView.ts';
import styles from './CardPreview.module.css';

interface CardPreviewProps {
  readonly program: Program;
  readonly businessName: string;
  /** First language of the business, for texts that lack the language shown. */
  readonly fallback: string;
  /** Customers are addressed formally (in Hungarian: Ön). */
  readonly formal: boolean;
}

/** The customer's card as it would look with this program, on a made-up member; nothing of it works. */
export function CardPreview({ program, businessName, fallback, formal }: CardPreviewProps) {
  const { text, format, language } = useOffice();
  const view = useMemo(() => sampleView(program), [program]);
  const say = (of: Readonly<Record<string, string>>) => textIn(of, language, fallback);
  const points = view.balances.find((one) => one.kind === 'points');
  const { preview } = text.program;
  return (
    <figure className={styles.phone} aria-label={preview.title}>
      <div className={styles.head}>
        <span className={styles.logo} aria-hidden="true">
          {businessName.slice(0, 1)}
        </span>
        <span>
          <strong>{businessName}</strong>
          <span className={styles.hello}>{preview.hello({ formal })}</span>
        </span>
      </div>
      <div className={styles.panel}>
        {points && (
          <strong className={styles.points}>{preview.unitPoints({ count: format.number(points.amount) })}</strong>
        )}
        <span className={styles.code} aria-hidden="true">
          <Icon name="qr" size={64} />
        </span>
      </div>
      {view.balances.map(
        (balance) =>
          balance.card && (
            <div key={balance.unit} className={styles.card}>
              <div className={styles.cardHead}>
                <strong>{say(balance.name)}</strong>
                <span>{preview.filled({ filled: balance.card.filled, takes: balance.card.takes })}</span>
              </div>
              <StampCard {...balance.card} columns={5} label={say(balance.name)} />
            </div>
          ),
      )}
      <Rewards view={view} say={say} />
    </figure>
  );
}

interface RewardsProps {
  readonly view: MemberView;
  readonly say: (of: Text) => string;
}

/** The first that can be had, and the two that are nearest: a phone shows no more at once. */
function Rewards({ view, say }: RewardsProps) {
  const { text } = useOffice();
  const { preview } = text.program;
  const stamps = new Set(view.balances.filter((one) => one.kind === 'stamps').map((one) => one.unit));
  const leftOf = ({ progress }: RewardView) => (progress ? progress.need - progress.have : 0);
  const near = view.near.toSorted((a, b) => leftOf(a) - leftOf(b)).slice(0, 2);
  const left = (reward: RewardView) => {
    const count = leftOf(reward);
    return reward.progress && stamps.has(reward.progress.unit)
      ? preview.leftStamps({ count })
      : preview.leftPoints({ count });
  };
  return (
    <>
      {view.available.slice(0, 1).map((reward) => (
        <div key={reward.reward} className={styles.offer}>
          <Icon name={reward.picture} size={28} />
          <span>
            <strong>{say(reward.name)}</strong>
            {reward.cost && <small>{preview.unitPoints({ count: String(reward.cost.amount) })}</small>}
          </span>
        </div>
      ))}
      {near.map((reward) => (
        <div key={reward.reward} className={classes(styles.offer, styles.near)}>
          <Icon name={reward.picture} size={28} />
          <span>
            <strong>{say(reward.name)}</strong>
            <small>{left(reward)}</small>
          </span>
        </div>
      ))}
    </>
  );
}
