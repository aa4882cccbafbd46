import { useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { ask } from '../app/api.ts';
import { useOffice } from '../app/context.ts';
import { ProblemLine } from '../app/Faces.tsx';
import { useSave } from '../app/useSave.ts';
import { Welcome } from './Welcome.tsx';
import styles from './Welcome.module.css';

export function SignIn() {
  const { text, state, refresh } = useOffice();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const save = useSave();
  const signIn = async (login: { email: string; password: string }) => {
    const done = await save.run(() => ask('POST', 'sign-in', login));
    if (done) await refresh();
  };
  const { demoLogin } = state;
  return (
    <Welcome title={text.signIn.title} lead={state.business?.name}>
      {demoLogin && (
        <div className={styles.demo}>
          <h2>{text.signIn.demoTitle}</h2>
          <p>{text.signIn.demoText}</p>
          <Button kind="main" size="l" icon="user" isBusy={save.busy} onPress={() => void signIn(demoLogin)}>
            {text.signIn.demoFill}
          </Button>
          <p className={styles.login}>
            {demoLogin.email} · {demoLogin.password}
          </p>
        </div>
      )}
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          void signIn({ email, password });
        }}
      >
        <TextField
          label={text.signIn.email}
          type="email"
          name="email"
          autoComplete="username"
          value={email}
          onChange={setEmail}
          isRequired
        />
        <TextField
          label={text.signIn.password}
          type="password"
          name="password"
          autoComplete="current-password"
          value={password}
          onChange={setPassword}
          isRequired
        />
        <ProblemLine problem={save.problem} />
        <Button
          kind={demoLogin ? 'quiet' : 'main'}
          size="l"
          type="submit"
          isBusy={save.busy}
          isDisabled={email === '' || password === ''}
        >
          {text.signIn.submit}
        </Button>
      </form>
    </Welcome>
  );
}
