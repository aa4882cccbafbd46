import { textIn } from '../../i18n/format.ts';
import type { OfficeException, OfficeToday } from '../../protocol/office.ts';
import { Chip } from '../../ui/Chip.tsx';
import { classes } from '../../ui/classes.ts';
import { Icon } from '../../ui/Icon.tsx';
import { useOffice } from '../app/context.ts';
import styles from './Today.module.css';

interface ExceptionListProps {
  readonly today: OfficeToday;
  readonly money: (amount: number) => string;
  readonly timeZone: string | undefined;
}

/** What the owner must look at: what happened, at which till, who, what it cost. */
export function ExceptionList({ today, money, timeZone }: ExceptionListProps) {
  const { text } = useOffice();
  const { exceptions } = today;
  const open = exceptions.filter((one) => !one.closed);
  if (exceptions.length === 0) {
    return (
      <p className={styles.fine}>
        <Icon name="check" size={22} />
        {text.today.exceptionsNone}
      </p>
    );
  }
  return (
    <section className={classes(styles.exceptions, open.length === 0 && styles.settled)} data-test="exceptions">
      <div className={styles.exceptionsHead}>
        <h2>{text.today.exceptions}</h2>
        <strong>{text.today.exceptionCost({ cost: money(today.exceptionCost) })}</strong>
      </div>
      <ul>
        {exceptions.map((one) => (
          <ExceptionLine key={one.id} exception={one} money={money} timeZone={timeZone} />
        ))}
      </ul>
    </section>
  );
}

interface LineProps {
  readonly exception: OfficeException;
  readonly money: (amount: number) => string;
  readonly timeZone: string | undefined;
}

function ExceptionLine({ exception, money, timeZone }: LineProps) {
  const { text, format, language } = useOffice();
  const unknown = text.common.unknownPerson;
  const when = format.dateTime(exception.at, timeZone);
  const reward = exception.reward && textIn(exception.reward, language, 'en');
  const { other } = exception;
  return (
    <li className={styles.exception}>
      <span className={styles.alert}>
        <Icon name={exception.closed ? 'check' : 'alert'} size={24} />
      </span>
      <div className={styles.exceptionWords}>
        <strong>{text.flags[exception.kind]}</strong>
        <span>{[reward, exception.member ?? text.common.someone].filter(Boolean).join(' · ')}</span>
        <span className={styles.soft}>{[exception.till ?? unknown, exception.staff ?? unknown, when].join(' · ')}</span>
        {other && (
          <span className={styles.soft}>
            {text.today.exceptionOther({
              till: other.till ?? unknown,
              staff: other.staff ?? unknown,
              time: format.dateTime(other.at, timeZone),
            })}
          </span>
        )}
      </div>
      <span className={styles.exceptionCost}>
        {exception.cost > 0 ? money(exception.cost) : text.today.exceptionFree}
        {exception.closed && (
          <Chip tone="good" size="s">
            {text.today.exceptionClosed}
          </Chip>
        )}
      </span>
    </li>
  );
}
