import { useEffect, useState } from 'react';
import type { ShopFace } from '../../protocol/card/cardApi.ts';
import { applyAccent } from '../../ui/accent.ts';
import { Button } from '../../ui/Button.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { useLanguage } from '../../ui/language.tsx';
import { StampCard } from '../../ui/StampCard.tsx';
import { Header } from '../face/Header.tsx';
import { Legal } from '../menu/Legal.tsx';
import type { Answer, Problem } from '../phone/api.ts';
import { join } from '../phone/api.ts';
import type { CardDocument } from '../../protocol/card/cardDocument.ts';
import { joinIdFor } from '../phone/storage.ts';
import { useWords } from '../words.ts';
import { givesOf } from './gives.ts';
import { problemText } from './problemText.ts';
import styles from './pages.module.css';

export interface JoinPageProps {
  readonly shop: ShopFace;
  readonly onAnswer: (answer: Answer<CardDocument>) => void;
  readonly onRecover: () => void;
}

/** From the poster to the card with one tap: what it gives, how the card looks, one button. */
export function JoinPage({ shop, onAnswer, onRecover }: JoinPageProps) {
  const words = useWords(shop);
  const { messages, text } = words;
  const language = useLanguage();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [legal, setLegal] = useState<'rules' | 'privacy' | null>(null);
  const drawn = shop.program.units.find((unit) => unit.card !== null);
  useEffect(() => applyAccent(shop.business.color), [shop.business.color]);
  const press = async () => {
    setBusy(true);
    const answer = await join(shop.business.id, joinIdFor(shop.business.id), language);
    setBusy(false);
    setProblem(answer.ok ? null : answer.problem);
    onAnswer(answer);
  };
  return (
    <main className={styles.join}>
      <Header business={shop.business}>{shop.business.demo ? messages.demo : messages.helloPlain}</Header>
      <h2 className={styles.lead}>{messages.join.lead}</h2>
      <div className={styles.gives}>
        {givesOf(shop, words).map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </div>
      {drawn?.card && (
        <section className={styles.drawn}>
          <h3 className={styles.drawnName}>{text(drawn.name)}</h3>
          <StampCard
            {...drawn.card}
            filled={Math.min(3, drawn.card.takes)}
            openGifts={0}
            columns={5}
            label={text(drawn.name)}
          />
        </section>
      )}
      <div className={styles.bottom}>
        {problem && <ErrorNote title={problemText(messages, problem)} />}
        <Button
          kind="main"
          size="l"
          className={styles.big}
          isDisabled={busy}
          onPress={() => void press()}
          data-test="join"
        >
          {busy ? messages.join.joining : messages.join.button}
        </Button>
        <p className={styles.small}>
          {messages.join.noData} {messages.join.agree}{' '}
          <button type="button" className={styles.link} onClick={() => setLegal('rules')}>
            {messages.join.rules}
          </button>
          .{' '}
          <button type="button" className={styles.link} onClick={() => setLegal('privacy')}>
            {messages.join.privacy}
          </button>
        </p>
        <Button kind="plain" onPress={onRecover}>
          {messages.join.already}
        </Button>
      </div>
      <Legal shop={shop} show={legal} onClose={() => setLegal(null)} />
    </main>
  );
}
