import { useEffect, useState } from 'react';
import { PASSWORD_MIN } from '../../protocol/office/officeRules.ts';
import { Button } from '../../ui/Button.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { ask } from '../app/api.ts';
import type { Problem } from '../app/api.ts';
import { useOffice } from '../app/context.ts';
import { Face, ProblemLine } from '../app/Faces.tsx';
import { useSave } from '../app/useSave.ts';
import { Welcome } from '../signin/Welcome.tsx';
import { useSetupToken } from './useSetupToken.ts';
import styles from '../signin/Welcome.module.css';

/** The very first step, behind the one-time link: the account of the owner. */
export function OwnerStep() {
  const { text } = useOffice();
  const token = useSetupToken();
  const [checked, setChecked] = useState<'waiting' | 'good' | Problem>('waiting');

  useEffect(() => {
    if (token === null) return;
    void ask('POST', 'setup/check', { token }).then((answer) => setChecked(answer.ok ? 'good' : answer.problem));
  }, [token]);

  if (token === null) {
    return (
      <Welcome title={text.signIn.needsOwnerTitle}>
        <Face icon="link" title={text.setup.title} body={text.signIn.needsOwner} />
      </Welcome>
    );
  }
  if (checked === 'waiting')
    return (
      <Welcome title={text.setup.title} lead={text.setup.owner.checking}>
        {null}
      </Welcome>
    );
  if (checked !== 'good') {
    return (
      <Welcome title={text.setup.title}>
        <ProblemLine problem={checked} />
      </Welcome>
    );
  }
  return <OwnerForm token={token} />;
}

function OwnerForm({ token }: { readonly token: string }) {
  const { text, refresh } = useOffice();
  const say = text.setup.owner;
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [shown, setShown] = useState(false);
  const [tried, setTried] = useState(false);
  const save = useSave();
  const wrong = {
    name: name.trim() === '' ? text.errors.required : null,
    email: /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email.trim()) ? null : text.errors.email,
    password: password.length < PASSWORD_MIN ? text.errors.passwordShort({ min: PASSWORD_MIN }) : null,
  };
  const submit = async () => {
    setTried(true);
    if (wrong.name || wrong.email || wrong.password) return;
    const done = await save.run(() => ask('POST', 'setup/owner', { token, name, email, password }));
    if (done) {
      history.replaceState(null, '', '/office/');
      await refresh();
    }
  };
  return (
    <Welcome title={say.title} lead={say.lead}>
      <form
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <TextField
          label={say.name}
          value={name}
          onChange={setName}
          autoComplete="name"
          autoCapitalize="words"
          maxLength={80}
          error={tried ? wrong.name : null}
        />
        <TextField
          label={say.email}
          type="email"
          value={email}
          onChange={setEmail}
          autoComplete="username"
          error={tried ? wrong.email : null}
        />
        <TextField
          label={say.password}
          type={shown ? 'text' : 'password'}
          value={password}
          onChange={setPassword}
          autoComplete="new-password"
          hint={say.passwordHint({ min: PASSWORD_MIN })}
          error={tried ? wrong.password : null}
        />
        <div>
          <Button kind="plain" onPress={() => setShown(!shown)} aria-pressed={shown}>
            {shown ? say.hide : say.show}
          </Button>
        </div>
        <ProblemLine problem={save.problem} />
        <Button kind="main" size="l" type="submit" isBusy={save.busy}>
          {say.submit}
        </Button>
      </form>
    </Welcome>
  );
}
