import { useState } from 'react';
import type { MemberView, RewardView } from '../../../loyalty/views.ts';
import { Button } from '../../../ui/Button.tsx';
import { RewardRow } from '../../../ui/RewardRow.tsx';
import { useFormat, useShared } from '../../../ui/language.tsx';
import { useDesk, useMessages, useScreen, useShopWords } from '../app/context.tsx';
import { useTall } from '../app/useWide.ts';
import { useWords } from '../app/useWords.ts';
import { leftText } from '../app/limitWords.ts';
import { amountOf } from '../app/words.ts';
import styles from './Rewards.module.css';

/** How many of a kind are shown at first; the rest is behind "show all", never half in sight. */
const SHOWN = { tall: 4, short: 2 };

/** What can be had, with a real button, and what is close. */
export function Rewards({ view }: { readonly view: MemberView }) {
  const say = useMessages().till.counter;
  const [all, showAll] = useState(false);
  const most = useTall() ? SHOWN.tall : SHOWN.short;
  const available = all ? view.available : view.available.slice(0, most);
  // What can be had now is not also "close": the next round of a card begins once this gift is given.
  const notYet = view.near.filter((one) => view.available.every((had) => had.reward !== one.reward));
  const near = all ? notYet : notYet.slice(0, most);
  const hidden = view.available.length + notYet.length - available.length - near.length;
  return (
    <div className={styles.rewards}>
      <section aria-label={say.canHave}>
        <h2 className={styles.title}>{say.canHave}</h2>
        {available.length === 0 && <p className={styles.nothing}>{say.nothingYet}</p>}
        <ul className={styles.list}>
          {available.map((reward) => (
            <Available key={keyOf(reward)} reward={reward} />
          ))}
        </ul>
      </section>
      {near.length > 0 && (
        <section aria-label={say.near}>
          <h2 className={styles.title}>{say.near}</h2>
          <ul className={styles.list}>
            {near.map((reward) => (
              <Near key={keyOf(reward)} reward={reward} />
            ))}
          </ul>
        </section>
      )}
      {hidden > 0 && (
        <Button kind="plain" className={styles.all} onPress={() => showAll(true)}>
          {say.showAll} ({say.more({ n: String(hidden) })})
        </Button>
      )}
    </div>
  );
}

const keyOf = (reward: RewardView): string => `${reward.reward}/${reward.voucher ?? reward.due ?? ''}`;

function Available({ reward }: { readonly reward: RewardView }) {
  const { act, till } = useDesk();
  const { text } = useShopWords();
  const words = useWords();
  const format = useFormat();
  const say = useMessages().till.counter;
  const limited = till.shareLeft(reward.reward);
  const recording = useScreen((screen) => screen.recording);
  const price = reward.cost && reward.voucher === null ? amountOf(words, reward.cost.unit, reward.cost.amount) : null;
  const detail = reward.expires
    ? format.untilDay(reward.expires)
    : (price ?? (reward.details ? text(reward.details) : say.earned));
  const normal = reward.onlineOnly ? say.onlineOnly : detail;
  return (
    <li>
      <RewardRow
        icon={reward.voucher === null ? reward.picture : 'gift'}
        name={text(reward.name)}
        detail={limited === null ? normal : [price, leftText(words, limited)].filter(Boolean).join(' · ')}
      >
        <Button
          kind="tint"
          isDisabled={recording || limited?.left === 0}
          onPress={() => void act.give(reward)}
          label={`${say.give}: ${text(reward.name)}`}
          data-test="give"
        >
          {say.give}
        </Button>
      </RewardRow>
    </li>
  );
}

function Near({ reward }: { readonly reward: RewardView }) {
  const { text } = useShopWords();
  const words = useWords();
  const format = useFormat();
  const shared = useShared();
  const { progress } = reward;
  if (!progress) return null;
  const stamps = words.shop.program.units.find((unit) => unit.id === progress.unit)?.kind === 'stamps';
  const n = format.number(Math.max(0, progress.need - progress.have));
  const detail = stamps ? shared.moreStamps({ n }) : shared.morePoints({ n });
  return (
    <li>
      <RewardRow
        icon={reward.picture}
        name={text(reward.name)}
        detail={detail}
        progress={{ have: progress.have, need: progress.need, label: format.percent(progress.have, progress.need) }}
      />
    </li>
  );
}
