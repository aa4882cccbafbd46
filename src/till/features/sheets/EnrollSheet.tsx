import { useState, type FormEvent } from 'react';
import { Button } from '../../../ui/Button.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { useShared } from '../../../ui/language.tsx';
import type { Customer } from '../../till.ts';
import { useDesk, useMessages, useScreen } from '../app/context.tsx';
import { fieldsOf, problemsOf, type MemberForm } from './memberForm.ts';
import styles from './Sheets.module.css';
import { TillSheet } from './TillSheet.tsx';

/** A new member, or the name of one that has none yet. Few fields; each may stay empty. */
export function EnrollSheet({
  customer,
  phone,
  onClose,
}: {
  readonly customer: Customer | null;
  readonly phone: string;
  readonly onClose: () => void;
}) {
  const { act } = useDesk();
  const say = useMessages().till.enrollSheet;
  const shared = useShared();
  const recording = useScreen((screen) => screen.recording);
  const profile = customer?.profile;
  const [form, setForm] = useState<MemberForm>({
    name: profile?.name ?? '',
    callName: profile?.callName ?? '',
    phone,
    birthday: profile?.birthday ?? '',
    consent: profile?.marketing?.given ?? false,
  });
  const [tried, setTried] = useState(false);
  const problems = problemsOf(form);
  const change = (part: Partial<MemberForm>) => setForm({ ...form, ...part });
  const shown = (problem: keyof typeof problems) => tried && problems[problem];

  function submit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    if (Object.values(problems).some(Boolean) || recording) return;
    const fields = fieldsOf(form, profile ?? null, say.consentWording, Date.now());
    if (customer) void act.editProfile(customer, fields);
    else void act.enroll(fields);
  }
  return (
    <TillSheet title={customer ? say.editTitle : say.title} onClose={onClose} data-test="enroll-sheet">
      <form className={styles.stack} onSubmit={submit}>
        <TextField
          label={say.name}
          value={form.name}
          onChange={(name) => change({ name })}
          autoCapitalize="words"
          autoComplete="off"
          maxLength={120}
          autoFocus
          error={shown('nobody') ? say.needOne : null}
        />
        <div className={styles.pair}>
          <TextField
            label={say.phone}
            value={form.phone}
            onChange={(next) => change({ phone: next })}
            type="tel"
            autoComplete="off"
            maxLength={24}
            error={shown('phone') ? say.phoneWrong : null}
          />
          <TextField
            label={`${say.birthday} (${shared.optional})`}
            value={form.birthday}
            onChange={(birthday) => change({ birthday })}
            inputMode="numeric"
            autoComplete="off"
            maxLength={6}
            hint={say.birthdayHelp}
            error={shown('birthday') ? say.birthdayWrong : null}
          />
        </div>
        <TextField
          label={`${say.callName} (${shared.optional})`}
          value={form.callName}
          onChange={(callName) => change({ callName })}
          autoCapitalize="words"
          autoComplete="off"
          maxLength={60}
        />
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={form.consent}
            onChange={(event) => change({ consent: event.target.checked })}
          />
          <span>
            <strong>{say.consent}</strong>
            <span className={styles.quiet}> {say.consentWording}</span>
            {shown('consent') && <span className={styles.wrong}> {say.consentNeedsName}</span>}
          </span>
        </label>
        <p className={styles.small}>{say.privacy}</p>
        <Button kind="main" size="l" type="submit" isDisabled={recording}>
          {customer ? say.save : say.join}
        </Button>
      </form>
    </TillSheet>
  );
}
