import { useEffect, useState } from 'react';
import { Button } from '../../../ui/Button.tsx';
import type { Customer } from '../../till.ts';
import { useDesk, useMessages } from '../app/context.tsx';
import { useWords } from '../app/useWords.ts';
import { amountOf } from '../app/words.ts';
import { Keys } from '../counter/Keys.tsx';
import { isWholeNumber } from './memberForm.ts';
import styles from './Sheets.module.css';
import { TillSheet } from './TillSheet.tsx';

const ENOUGH = 3;
const LONGEST = 15;

/** Finds a member by the digits of their phone number, as they are typed. */
export function PhoneSheet({ onClose }: { readonly onClose: () => void }) {
  const { till, act } = useDesk();
  const messages = useMessages().till;
  const say = messages.phoneSheet;
  const [digits, setDigits] = useState('');
  const [answer, setAnswer] = useState<{ digits: string; found: readonly Customer[] }>({ digits: '', found: [] });
  const enough = digits.length >= ENOUGH;
  useEffect(() => {
    if (!enough) return undefined;
    let current = true;
    const search = async (): Promise<void> => {
      const found = await till.findByPhone(digits);
      if (current) setAnswer({ digits, found });
    };
    void search();
    return () => {
      current = false;
    };
  }, [till, digits, enough]);
  const found = enough ? answer.found : [];
  const none = enough && answer.digits === digits && found.length === 0;
  const type = (next: string) => setDigits(next.replaceAll(/\D/g, '').slice(0, LONGEST));

  return (
    <TillSheet title={say.title} onClose={onClose} size="wide" data-test="phone-sheet">
      <div className={styles.halves}>
        <div className={styles.stack}>
          <label className={styles.number}>
            <span className="spoken">{messages.counter.phone}</span>
            <input
              value={digits}
              inputMode="none"
              autoComplete="off"
              autoFocus
              onChange={(event) => type(event.target.value)}
              data-test="phone-digits"
            />
          </label>
          <Keys
            onDigit={(digit) => type(digits + digit)}
            onBackspace={() => type(digits.slice(0, -1))}
            backspaceLabel={messages.counter.backspace}
            corner={<span />}
          />
        </div>
        <div className={styles.stack} aria-live="polite">
          {!enough && <p className={styles.quiet}>{say.help}</p>}
          <ul className={styles.found}>
            {found.map((customer) => (
              <li key={customer.member}>
                <Button className={styles.hit} onPress={() => act.serve(customer)} data-test="found">
                  <span className={styles.hitName}>{customer.profile?.name ?? say.memberWithout}</span>
                  <Holdings customer={customer} />
                </Button>
              </li>
            ))}
          </ul>
          {none && (
            <>
              <p className={styles.quiet}>
                {say.none} {!isWholeNumber(digits) && say.typeWhole}
              </p>
              {isWholeNumber(digits) && (
                <Button
                  icon="userPlus"
                  size="l"
                  onPress={() => act.openSheet({ kind: 'enroll', phone: digits })}
                  data-test="enroll-number"
                >
                  {say.enroll}
                </Button>
              )}
            </>
          )}
        </div>
      </div>
    </TillSheet>
  );
}

function Holdings({ customer }: { readonly customer: Customer }) {
  const words = useWords();
  const text = customer.view.balances.map((one) => amountOf(words, one.unit, one.amount)).join(' · ');
  return <span className={styles.quiet}>{text}</span>;
}
