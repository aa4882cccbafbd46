import { useState } from 'react';
import type { CardDocument, HistoryEntry } from '../../protocol/card/cardDocument.ts';
import { Button } from '../../ui/Button.tsx';
import { classes } from '../../ui/classes.ts';
import { useWords } from '../words.ts';
import { reasonsOf, titleOf } from './historyWords.ts';
import styles from './panel.module.css';

const FIRST = 5;

/** What happened, the newest first, each with its why. */
export function History({ card }: { card: CardDocument }) {
  const { messages } = useWords(card);
  const [all, setAll] = useState(false);
  const entries = all ? card.history : card.history.slice(0, FIRST);
  return (
    <section className={styles.panel}>
      <header className={styles.head}>
        <h2 className={styles.title}>{messages.history.title}</h2>
      </header>
      {entries.length === 0 ? (
        <p className={styles.why}>{messages.history.empty}</p>
      ) : (
        <ul className={styles.entries}>
          {entries.map((entry) => (
            <Entry key={entry.event} entry={entry} card={card} />
          ))}
        </ul>
      )}
      {!all && card.history.length > FIRST && (
        <Button className={styles.more} kind="plain" onPress={() => setAll(true)}>
          {messages.history.more}
        </Button>
      )}
    </section>
  );
}

function Entry({ entry, card }: { entry: HistoryEntry; card: CardDocument }) {
  const words = useWords(card);
  const reasons = reasonsOf(entry, card, words);
  const when = [words.format.day(entry.day), entry.location, entry.voided && words.messages.history.undone];
  return (
    <li className={classes(styles.entry, entry.voided && styles.undone)} data-test="entry">
      <span className={styles.what}>{titleOf(entry, words)}</span>
      <span className={styles.change}>
        {entry.changes.map(({ unit, amount }) => (
          <span key={unit} className={classes(amount > 0 && styles.plus)}>
            {amount > 0 ? '+' : '−'}
            {words.amount(unit, Math.abs(amount))}
            <br />
          </span>
        ))}
      </span>
      {reasons.length > 0 && <span className={styles.why}>{sentences(reasons)}</span>}
      <span className={styles.why}>{when.filter(Boolean).join(' · ')}</span>
    </li>
  );
}

const sentences = (parts: readonly string[]) => parts.map((part) => part.replace(/[^.!?]$/, '$&.')).join(' ');
