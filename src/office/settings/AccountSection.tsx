import { useState } from 'react';
import type { OfficeSession } from '../../protocol/office/officeApi.ts';
import { PASSWORD_MIN } from '../../protocol/office/officeRules.ts';
import { Button } from '../../ui/Button.tsx';
import { Chip } from '../../ui/Chip.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { ask } from '../app/api.ts';
import { useOffice } from '../app/context.ts';
import { DoneLine, Loaded, ProblemLine } from '../app/Faces.tsx';
import { Section } from '../app/Page.tsx';
import { useLoad } from '../app/useLoad.ts';
import { useNow } from '../app/useNow.ts';
import { useSave } from '../app/useSave.ts';
import { browserName } from './browserName.ts';
import styles from './Settings.module.css';

/** Password and where one is signed in. */
export function AccountSection() {
  const { text, state } = useOffice();
  return (
    <Section title={text.settings.accountTitle} {...(state.me ? { lead: `${state.me.name} · ${state.me.email}` } : {})}>
      <Password />
      <Sessions />
    </Section>
  );
}

function Password() {
  const { text } = useOffice();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [changed, setChanged] = useState(false);
  const save = useSave();
  const submit = async () => {
    setChanged(false);
    const done = await save.run(() => ask('POST', 'password', { current, next }));
    if (!done) return;
    setCurrent('');
    setNext('');
    setChanged(true);
  };
  return (
    <form
      className={styles.password}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <TextField
        label={text.settings.currentPassword}
        type="password"
        autoComplete="current-password"
        value={current}
        onChange={setCurrent}
      />
      <TextField
        label={text.settings.newPassword}
        type="password"
        autoComplete="new-password"
        value={next}
        onChange={setNext}
        hint={text.setup.owner.passwordHint({ min: PASSWORD_MIN })}
      />
      <div className={styles.right}>
        <ProblemLine problem={save.problem} />
        {changed && <DoneLine>{text.settings.passwordChanged}</DoneLine>}
        <Button type="submit" isBusy={save.busy} isDisabled={current === '' || next.length < PASSWORD_MIN}>
          {text.settings.changePassword}
        </Button>
      </div>
    </form>
  );
}

function Sessions() {
  const { text, format } = useOffice();
  const sessions = useLoad<readonly OfficeSession[]>('sessions');
  const now = useNow(60_000);
  const save = useSave();
  return (
    <>
      <h3 className={styles.subtitle}>{text.settings.sessions}</h3>
      <Loaded load={sessions}>
        {(all) => (
          <>
            <ul className={styles.sessions}>
              {all.map((one) => (
                <li key={one.id}>
                  <span className={styles.grow}>
                    {browserName(one.browser) ?? text.common.unknownPerson}
                    <span className={styles.soft}>
                      {text.settings.lastActive({ ago: format.ago(now - one.lastSeenAt) })}
                    </span>
                  </span>
                  {one.current && <Chip size="s">{text.settings.thisBrowser}</Chip>}
                </li>
              ))}
            </ul>
            {all.length > 1 && (
              <div className={styles.right}>
                <ProblemLine problem={save.problem} />
                <Button
                  icon="signOut"
                  isBusy={save.busy}
                  onPress={() => {
                    void save.run(() => ask('POST', 'sessions/end-others', {})).then(sessions.reload);
                  }}
                >
                  {text.settings.signOutOthers}
                </Button>
              </div>
            )}
          </>
        )}
      </Loaded>
    </>
  );
}
