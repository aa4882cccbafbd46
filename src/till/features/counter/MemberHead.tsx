import { dayOf } from '../../../protocol/day.ts';
import { Button } from '../../../ui/Button.tsx';
import { Chip } from '../../../ui/Chip.tsx';
import { ErrorNote } from '../../../ui/ErrorNote.tsx';
import { useFormat } from '../../../ui/language.tsx';
import type { Customer } from '../../till.ts';
import { useDesk, useMessages, useObserved, useShop, useShopWords } from '../app/context.tsx';
import { useNow } from '../app/useNow.ts';
import { classes } from '../../../ui/classes.ts';
import styles from './Member.module.css';

/** Older than this, a state of an offline till says when it was known. */
const OLD_MS = 3_600_000;

/** Name, tier, and what is worth a word today. */
export function MemberHead({ customer }: { readonly customer: Customer }) {
  const { act, till } = useDesk();
  const { business } = useShop();
  const { text } = useShopWords();
  const format = useFormat();
  const say = useMessages().till.counter;
  const offline = useObserved(till.status, (status) => status.connection === 'offline');
  const { profile, view, asOf } = customer;
  const now = useNow(60_000);
  const today = dayOf(now, business.timeZone, business.cutOverHour);
  const birthday = profile?.birthday === today.slice(5);
  const facts = [
    view.visits === 0 ? say.firstVisit : say.visits({ n: format.number(view.visits) }),
    view.lastVisit !== null && view.lastVisit !== today && say.lastVisit({ day: format.day(view.lastVisit) }),
    offline && asOf !== null && now - asOf > OLD_MS && say.asOf({ age: format.age(now - asOf) }),
  ].filter((fact) => fact !== false);
  return (
    <header>
      <div className={styles.head}>
        <div className={styles.identity}>
          <div className={styles.nameLine}>
            <h1 className={styles.name} data-test="member-name">
              {profile?.name ?? say.unnamed}
            </h1>
            {view.tier && (
              <Chip tone="gold" icon="star" size="s">
                {text(view.tier.name)}
              </Chip>
            )}
          </div>
          <p className={styles.facts}>
            {birthday && <span className={styles.today}>{say.birthday}</span>}
            {facts.map((fact, at) => (
              <span key={fact} className={classes((at > 0 || birthday) && styles.dot)}>
                {fact}
              </span>
            ))}
          </p>
        </div>
        <Button icon="edit" label={say.editProfile} onPress={() => act.openSheet({ kind: 'edit', customer })} />
        <Button icon="close" label={say.close} onPress={act.clear} data-test="close-member" />
      </div>
      {customer.unknownHere && (
        <div className={styles.unknown}>
          <ErrorNote
            tone="plain"
            icon="shield"
            title={say.unknownHere}
            data-test="unknown-here"
            action={
              profile?.name ? undefined : (
                <Button onPress={() => act.openSheet({ kind: 'edit', customer })}>{say.addName}</Button>
              )
            }
          >
            {say.unknownHereHelp}
          </ErrorNote>
        </div>
      )}
    </header>
  );
}
