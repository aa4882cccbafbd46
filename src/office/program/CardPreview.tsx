import { useMemo } from 'react';
import type { Program } from '../../loyalty/program.ts';
import type { MemberView } from '../../loyalty/views.ts';
import { textIn } from '../../i18n/format.ts';
import { Icon } from '../../ui/Icon.tsx';
import { RewardRow } from '../../ui/RewardRow.tsx';
import { StampCard } from '../../ui/StampCard.tsx';
import { useOffice } from '../app/context.ts';
import { sampleView } from './sampleView.ts';
import styles from './CardPreview.module.css';

interface CardPreviewProps {
  readonly program: Program;
  readonly businessName: string;
  /** First language of the business, for texts that lack the language shown. */
  readonly fallback: string;
}

/** The customer's card as it would look with this program, on a made-up member; nothing of it works. */
export function CardPreview({ program, businessName, fallback }: CardPreviewProps) {
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
          <span className={styles.hello}>{preview.hello}</span>
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

function Rewards({
  view,
  say,
}: {
  readonly view: MemberView;
  readonly say: (of: MemberView['available'][number]['name']) => string;
}) {
  const { text } = useOffice();
  const { preview } = text.program;
  const stamps = new Set(view.balances.filter((one) => one.kind === 'stamps').map((one) => one.unit));
  return (
    <>
      {view.available.length > 0 && <h3 className={styles.title}>{preview.canHave}</h3>}
      {view.available.map((reward) => (
        <RewardRow
          key={reward.reward}
          icon={reward.picture}
          name={say(reward.name)}
          detail={reward.cost ? preview.unitPoints({ count: String(reward.cost.amount) }) : undefined}
        />
      ))}
      {view.near.length > 0 && <h3 className={styles.title}>{preview.near}</h3>}
      {view.near.map((reward) => {
        const { progress } = reward;
        const left = progress ? progress.need - progress.have : 0;
        const label = !progress
          ? ''
          : stamps.has(progress.unit)
            ? preview.leftStamps({ count: left })
            : preview.leftPoints({ count: left });
        return (
          <RewardRow
            key={reward.reward}
            icon={reward.picture}
            name={say(reward.name)}
            detail={label}
            progress={progress ? { have: progress.have, need: progress.need, label } : undefined}
          />
        );
      })}
    </>
  );
}
