import { Button } from '../../../ui/Button.tsx';
import type { RecentEntry } from '../../till.ts';
import { useDesk, useMessages, useObserved } from '../app/context.tsx';
import { useWords } from '../app/useWords.ts';
import { amountOf, rewardName, type Words } from '../app/words.ts';
import { kindOfEntry } from '../screen/actions.ts';
import { creditsOf } from '../screen/changes.ts';
import styles from './Recent.module.css';

/** The last three who were served, each with undo. */
export function Recent({ titled = true }: { readonly titled?: boolean }) {
  const { till, act } = useDesk();
  const recent = useObserved(till.recent, (value) => value);
  const messages = useMessages().till.counter;
  const words = useWords();
  return (
    <section className={styles.recent} aria-label={messages.recent}>
      {titled && <h2 className={styles.title}>{messages.recent}</h2>}
      {recent.length === 0 && <p className={styles.empty}>{messages.recentEmpty}</p>}
      <ul>
        {recent.map((entry) => {
          const name = entry.customer ? (entry.customer.name ?? messages.unnamed) : messages.noCard;
          const what = entry.undone ? messages.undone : describe(words, entry, messages.newMember);
          const member = entry.customer?.member;
          return (
            <li key={entry.event} className={styles.entry} data-undone={entry.undone || undefined}>
              <Button
                kind="plain"
                className={styles.who}
                label={messages.open({ name })}
                isDisabled={member === undefined}
                onPress={() => {
                  if (member !== undefined) void act.openMember(member);
                }}
              >
                <span className={styles.name}>{name}</span>
                <span className={styles.what}>{what}</span>
              </Button>
              {!entry.undone && entry.fact.kind !== 'enrolled' && (
                <Button
                  kind="plain"
                  icon="undo"
                  className={styles.undo}
                  label={messages.undoOf({ what: `${name}, ${what}` })}
                  onPress={() => void act.undo(entry.event, kindOfEntry(entry))}
                />
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function describe(words: Words, entry: RecentEntry, newMember: string): string {
  const { fact } = entry;
  if (fact.kind === 'redeemed') return rewardName(words, fact.reward);
  if (fact.kind === 'enrolled') return newMember;
  const credits = [...creditsOf(entry.effects)].map(([unit, amount]) => amountOf(words, unit, amount));
  if (credits.length > 0 || fact.kind !== 'sale') return credits.join(' · ');
  return fact.total === null ? '' : words.format.money(fact.total, words.shop.business);
}
