import { useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { problemText } from '../pages/problemText.ts';
import { eraseMe, type Problem } from '../phone/api.ts';
import { drop } from '../phone/phone.ts';
import { useMessages } from '../words.ts';
import styles from './menu.module.css';

/** "Delete my data": asked twice, with what is lost in between. */
export function Erase() {
  const messages = useMessages();
  const say = messages.erase;
  const [sure, setSure] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const erase = async () => {
    setBusy(true);
    const answer = await eraseMe();
    setBusy(false);
    if (answer.ok || answer.problem === 'noCard') drop();
    else setProblem(answer.problem);
  };
  return (
    <section className={styles.section}>
      <h3 className={styles.title}>{say.title}</h3>
      <p className={styles.text}>{sure ? say.sure : say.text}</p>
      {problem && <ErrorNote title={problemText(messages, problem)} />}
      <div className={styles.row}>
        {sure && (
          <Button kind="quiet" onPress={() => setSure(false)}>
            {messages.cancel}
          </Button>
        )}
        <Button
          kind={sure ? 'danger' : 'quiet'}
          isDisabled={busy}
          onPress={() => (sure ? void erase() : setSure(true))}
          data-test="erase-me"
        >
          {sure ? say.now : say.button}
        </Button>
      </div>
    </section>
  );
}
