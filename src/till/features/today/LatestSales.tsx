import { Button } from '../../../ui/Button.tsx';
import { Chip } from '../../../ui/Chip.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { useFormat } from '../../../ui/language.tsx';
import type { Today } from '../../till.ts';
import { useDesk, useMessages, useScreen, useShop, useShopWords } from '../app/context.tsx';
import { useWords } from '../app/useWords.ts';
import { amountOf } from '../app/words.ts';
import { creditsOf } from '../screen/changes.ts';
import styles from './Today.module.css';

/** The newest sales of all tills. Any of them can be taken back; another till's, or an older one, with a manager. */
export function LatestSales({ today }: { readonly today: Today }) {
  const { act } = useDesk();
  const { business, staff } = useShop();
  const { money } = useShopWords();
  const words = useWords();
  const format = useFormat();
  const recording = useScreen((screen) => screen.recording);
  const { today: say, counter } = useMessages().till;
  if (today.latestSales.length === 0) return null;
  return (
    <section className={styles.list} data-test="latest-sales">
      <h2>{say.latestSales}</h2>
      <ul>
        {today.latestSales.map((line) => {
          const who = line.member === null ? counter.noCard : (line.name ?? counter.unnamed);
          const credits = [...creditsOf(line.effects)].map(([unit, amount]) => amountOf(words, unit, amount));
          const what = [line.total === null ? null : money(line.total), ...credits].filter(Boolean).join(' · ');
          const till = today.tills.find((one) => one.device === line.device)?.name;
          const person = staff.find((one) => one.id === line.staff)?.name;
          return (
            <li key={line.event} className={styles.line} data-undone={line.undone || undefined}>
              <Icon name="stamp" size={24} />
              <span className={styles.words}>
                <span className={styles.what}>{who}</span>
                <span className={styles.quiet}>
                  {[format.time(line.at, business.timeZone), what, person, till].filter(Boolean).join(' · ')}
                </span>
              </span>
              {line.undone ? (
                <Chip size="s">{say.undone}</Chip>
              ) : (
                <Button
                  kind="plain"
                  icon="undo"
                  label={counter.undoOf({ what: `${who}, ${what}` })}
                  isDisabled={recording}
                  onPress={() => void act.undo(line.event, 'sale')}
                />
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
