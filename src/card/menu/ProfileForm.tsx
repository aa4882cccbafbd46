import { useState } from 'react';
import type { CardDocument } from '../../protocol/card/cardDocument.ts';
import { Button } from '../../ui/Button.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { problemText } from '../pages/problemText.ts';
import type { Problem } from '../phone/api.ts';
import { saveProfile } from '../phone/api.ts';
import { adopt } from '../phone/phone.ts';
import { useMessages } from '../words.ts';
import styles from './menu.module.css';

/** Name and how to be called: only for those who like. */
export function ProfileForm({ card }: { card: CardDocument }) {
  const messages = useMessages();
  const [name, setName] = useState(card.profile?.name ?? '');
  const [callName, setCallName] = useState(card.profile?.callName ?? '');
  const [state, setState] = useState<'idle' | 'busy' | 'saved' | Problem>('idle');
  // Not disabled meanwhile: a button that is disabled loses the focus, and Esc would no longer close the sheet.
  const save = async () => {
    if (state === 'busy') return;
    setState('busy');
    const answer = await saveProfile(name.trim() || null, callName.trim() || null);
    setState(answer.ok ? 'saved' : answer.problem);
    if (answer.ok) adopt(answer);
  };
  const edit = (set: (value: string) => void) => (value: string) => {
    set(value);
    setState('idle');
  };
  return (
    <form
      className={styles.section}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <h3 className={styles.title}>{messages.profile.title}</h3>
      <p className={styles.text}>{messages.profile.text}</p>
      <TextField
        label={messages.profile.name}
        value={name}
        onChange={edit(setName)}
        autoComplete="name"
        maxLength={80}
      />
      <TextField
        label={messages.profile.callName}
        value={callName}
        onChange={edit(setCallName)}
        autoComplete="nickname"
        maxLength={80}
      />
      {state !== 'idle' && state !== 'busy' && state !== 'saved' && <ErrorNote title={problemText(messages, state)} />}
      <Button type="submit" data-test="save-profile">
        {state === 'saved' ? messages.profile.saved : messages.profile.save}
      </Button>
    </form>
  );
}
