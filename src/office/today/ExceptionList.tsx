import { useState } from 'react';
import { textIn } from '../../i18n/format.ts';
import type { OfficeException, OfficeToday } from '../../protocol/office/officeApi.ts';
import { Button } from '../../ui/Button.tsx';
import { Chip } from '../../ui/Chip.tsx';
import { classes } from '../../ui/classes.ts';
import { Icon } from '../../ui/Icon.tsx';
import { useOffice } from '../app/context.ts';
import { CloseException } from './CloseException.tsx';
import styles from './Today.module.css';

interface ExceptionListProps {
  readonly today: OfficeToday;
  readonly money: (amount: number) => string;
  readonly timeZone: string | undefined;
  readonly onChanged: () => void;
}

/** What the owner must look at: what happened, at which till, who, what it cost. */
export function ExceptionList({ today, money, timeZone, onChanged }: ExceptionListProps) {
  const { text } = useOffice();
  const [closing, setClosing] = useState<OfficeException | null>(null);
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
          <ExceptionLine
            key={one.id}
            exception={one}
            money={money}
            timeZone={timeZone}
            onClose={() => setClosing(one)}
          />
        ))}
      </ul>
      {closing && (
        <CloseException
          exception={closing}
          onClose={() => setClosing(null)}
          onClosed={() => {
            setClosing(null);
            onChanged();
          }}
        />
      )}
    </section>
  );
}

interface LineProps {
  readonly exception: OfficeException;
  readonly money: (amount: number) => string;
  readonly timeZone: string | undefined;
  readonly onClose: () => void;
}

function ExceptionLine({ exception, money, timeZone, onClose }: LineProps) {
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
        {exception.toward === 'staff' && <span className={styles.soft}>{text.today.review}</span>}
        {exception.standing !== 'free' && (
          <span className={styles.standing}>{text.today.standing[exception.standing]}</span>
        )}
      </div>
      <span className={styles.exceptionCost}>
        {exception.cost > 0 ? money(exception.cost) : text.today.exceptionFree}
        {exception.closed && (
          <Chip tone="good" size="s">
            {text.today.exceptionClosed}
          </Chip>
        )}
        {!exception.closed && (
          <Button onPress={onClose} label={`${text.today.close.open}: ${text.flags[exception.kind]}`} data-test="close">
            {text.today.close.open}
          </Button>
        )}
      </span>
    </li>
  );
}
