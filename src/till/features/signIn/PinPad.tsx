import { useEffect, useRef, useState } from 'react';
import { Button } from '../../../ui/Button.tsx';
import { useFormat } from '../../../ui/language.tsx';
import type { SignInOutcome } from '../../till.ts';
import { useMessages } from '../app/context.tsx';
import { useNow } from '../app/useNow.ts';
import { Keys } from '../counter/Keys.tsx';
import styles from './PinPad.module.css';

export interface PinPadProps {
  readonly title: string | null;
  /** Names the field; in sight where no title does. */
  readonly label: string;
  readonly action: string;
  readonly check: (pin: string) => Promise<SignInOutcome>;
  readonly onBack: (() => void) | null;
  readonly backLabel: string;
  /** false where something else on the screen comes first. */
  readonly takesFocus?: boolean;
  readonly isDisabled?: boolean;
  /** Digits of the longest entry, which needs no Enter; six, as a PIN has. */
  readonly longest?: number | undefined;
}

type Failure = Extract<SignInOutcome, { ok: false }>['reason'];

const SHORTEST = 4;
const LONGEST = 6;

/** Big keys for a PIN of four to six digits. Digits from a keyboard and a password manager's paste work as well. */
export function PinPad({
  title,
  label,
  action,
  check,
  onBack,
  backLabel,
  takesFocus = true,
  isDisabled = false,
  longest = LONGEST,
}: PinPadProps) {
  const { signIn: say, faces } = useMessages().till;
  const format = useFormat();
  const [pin, setPin] = useState('');
  const [checking, setChecking] = useState(false);
  const [failed, setFailed] = useState<Exclude<Failure, 'locked'> | null>(null);
  const [lockedUntil, setLockedUntil] = useState(0);
  const now = useNow(500, lockedUntil > 0);
  const locked = lockedUntil > now;
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (takesFocus) input.current?.focus();
  }, [takesFocus]);
  const blocked = locked || checking || isDisabled;

  async function submit(entered: string): Promise<void> {
    if (blocked || entered.length < SHORTEST) return;
    setChecking(true);
    const outcome = await check(entered);
    setChecking(false);
    if (outcome.ok) return;
    setPin('');
    setFailed(outcome.reason === 'locked' ? null : outcome.reason);
    setLockedUntil(outcome.until ?? 0);
  }
  function enter(next: string): string {
    const digits = next.replaceAll(/\D/g, '').slice(0, longest);
    setPin(digits);
    setFailed(null);
    return digits;
  }
  function press(digit: string): void {
    const digits = enter(pin + digit);
    // So that Enter on a keyboard signs in, and does not press this key once more.
    input.current?.focus();
    // The longest PIN needs no Enter. Only from these keys: a keyboard scanner types faster than anybody means it.
    if (digits.length === longest) void submit(digits);
  }
  function problem(): string | null {
    if (locked) return say.wait({ time: format.countdown(lockedUntil - now) });
    if (failed === 'wrongPin') return say.wrongPin;
    return failed && faces[failed];
  }

  return (
    <form
      className={styles.pad}
      onSubmit={(event) => {
        event.preventDefault();
        void submit(pin);
      }}
    >
      {title && <h1 className={styles.title}>{title}</h1>}
      <label className={styles.field}>
        <span className="spoken">{label}</span>
        <input
          ref={input}
          className="spoken"
          type="password"
          inputMode="none"
          autoComplete="off"
          value={pin}
          onChange={(event) => enter(event.target.value)}
        />
        <span className={styles.dots} aria-hidden data-wrong={failed === 'wrongPin' || undefined}>
          {Array.from({ length: Math.max(SHORTEST, pin.length) }, (_, at) => (
            <span key={at} className={at < pin.length ? styles.full : styles.dot} />
          ))}
        </span>
      </label>
      <div className={styles.below}>
        <p className={styles.problem} role="alert">
          {problem()}
        </p>
        {title === null && problem() === null && (
          <p className={styles.label} aria-hidden>
            {label}
          </p>
        )}
      </div>
      <Keys
        onDigit={press}
        onBackspace={() => enter(pin.slice(0, -1))}
        backspaceLabel={say.clear}
        isDisabled={blocked}
        corner={
          <Button
            kind="main"
            icon="check"
            label={action}
            className={styles.enter}
            isDisabled={blocked || pin.length < SHORTEST}
            type="submit"
          />
        }
      />
      {onBack && (
        <Button kind="plain" icon="chevronLeft" onPress={onBack}>
          {backLabel}
        </Button>
      )}
    </form>
  );
}
