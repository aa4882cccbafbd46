import { useState } from 'react';
import { languages } from '../../i18n/format.ts';
import { Button } from '../../ui/Button.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { useLanguage } from '../../ui/language.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { problemText } from '../pages/problemText.ts';
import type { Problem } from '../phone/api.ts';
import { forgetPhone, newRecoveryCode } from '../phone/api.ts';
import { chooseLanguageOf } from '../phone/language.ts';
import { drop, usePhone } from '../phone/phone.ts';
import type { Kept } from '../phone/storage.ts';
import { useMessages } from '../words.ts';
import { Erase } from './Erase.tsx';
import { Install } from './Install.tsx';
import { Legal } from './Legal.tsx';
import { ProfileForm } from './ProfileForm.tsx';
import styles from './menu.module.css';

const NAMES = { en: 'English', hu: 'Magyar' };

export interface MenuProps {
  readonly kept: Kept;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Everything that is not the card itself: name, language, recovery, rules, leaving. */
export function Menu({ kept, isOpen, onClose }: MenuProps) {
  const messages = useMessages();
  const language = useLanguage();
  const [legal, setLegal] = useState<'rules' | 'privacy' | null>(null);
  const [leaving, setLeaving] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const code = async () => {
    const answer = await newRecoveryCode();
    setProblem(answer.ok ? null : answer.problem);
    if (!answer.ok) return;
    onClose();
    usePhone.setState({ recoveryCode: answer.value.recoveryCode });
  };
  const leave = async () => {
    const answer = await forgetPhone();
    if (answer.ok || answer.problem === 'noCard') drop();
    else setProblem(answer.problem);
  };
  return (
    <>
      <Sheet title={messages.menu} isOpen={isOpen} onClose={onClose} data-test="menu-sheet">
        <div className={styles.menu}>
          {problem && <ErrorNote title={problemText(messages, problem)} />}
          <ProfileForm card={kept.card} />
          <section className={styles.section}>
            <h3 className={styles.title}>{messages.language}</h3>
            <div className={styles.row}>
              {languages.map((each) => (
                <Button
                  key={each}
                  kind={each === language ? 'tint' : 'quiet'}
                  aria-pressed={each === language}
                  onPress={() => chooseLanguageOf(each)}
                >
                  {NAMES[each]}
                </Button>
              ))}
            </div>
          </section>
          <Install />
          <section className={styles.section}>
            <h3 className={styles.title}>{messages.recover.label}</h3>
            <p className={styles.text}>{messages.recover.makeText}</p>
            <Button icon="shield" onPress={() => void code()} data-test="new-code">
              {messages.recover.make}
            </Button>
          </section>
          <section className={styles.section}>
            <Button kind="plain" onPress={() => setLegal('rules')}>
              {messages.legal.rulesTitle}
            </Button>
            <Button kind="plain" onPress={() => setLegal('privacy')}>
              {messages.legal.privacyTitle}
            </Button>
          </section>
          <section className={styles.section}>
            <h3 className={styles.title}>{messages.forget.title}</h3>
            <p className={styles.text}>{leaving ? messages.forget.sure : messages.forget.text}</p>
            <Button kind={leaving ? 'danger' : 'quiet'} onPress={() => (leaving ? void leave() : setLeaving(true))}>
              {messages.forget.button}
            </Button>
          </section>
          <Erase />
        </div>
      </Sheet>
      <Legal shop={kept.card} show={legal} onClose={() => setLegal(null)} />
    </>
  );
}
