import { useState } from 'react';
import type { Language } from '../../../i18n/format.ts';
import type { Staff } from '../../../protocol/documents.ts';
import { AppFrame } from '../../../ui/AppFrame.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Chip } from '../../../ui/Chip.tsx';
import { Empty } from '../../../ui/Empty.tsx';
import { useLanguage, useShared } from '../../../ui/language.tsx';
import { tillScanner } from '../../scan/scanner.ts';
import { useDesk, useMessages, useShop } from '../app/context.tsx';
import { initialsOf } from '../app/initials.ts';
import { Connection } from '../status/Connection.tsx';
import { MustPair } from '../status/MustPair.tsx';
import { PinPad } from './PinPad.tsx';
import styles from './SignIn.module.css';

/** Who works now: a name, then a PIN. */
export function SignIn({ onLanguage }: { readonly onLanguage: (language: Language) => void }) {
  const { till } = useDesk();
  const shop = useShop();
  const messages = useMessages().till;
  const shared = useShared();
  const language = useLanguage();
  const staff = shop.staff.filter((person) => person.active);
  const [chosen, choose] = useState<Staff | null>(null);
  const person = chosen ?? (staff.length === 1 ? (staff[0] ?? null) : null);

  return (
    <AppFrame
      fit="fill"
      title={shop.business.name}
      status={
        <>
          <Connection />
          <MustPair canOpen={false} />
          {shop.business.demo && <Chip>{shared.demo}</Chip>}
        </>
      }
      end={
        <>
          <Chip>{shop.device.name}</Chip>
          <Button icon="globe" onPress={() => onLanguage(language === 'hu' ? 'en' : 'hu')}>
            {language === 'hu' ? 'English' : 'Magyar'}
          </Button>
        </>
      }
    >
      <div className={styles.page}>
        {person ? (
          <PinPad
            key={person.id}
            title={person.name}
            label={messages.signIn.pinFor({ name: person.name })}
            action={messages.signIn.enter}
            check={(pin) => {
              // Still inside the tap: browsers give sound and camera to a gesture more willingly.
              tillScanner().start();
              return till.signIn(person.id, pin);
            }}
            onBack={staff.length > 1 ? () => choose(null) : null}
            backLabel={messages.signIn.someoneElse}
          />
        ) : (
          <section className={styles.who}>
            <h1>{messages.signIn.title}</h1>
            {staff.length === 0 && <Empty icon="users" title={messages.signIn.nobody} />}
            <ul className={styles.people}>
              {staff.map((one) => (
                <li key={one.id}>
                  <Button className={styles.person} onPress={() => choose(one)} data-test="staff">
                    <span className={styles.initials} aria-hidden>
                      {initialsOf(one.name)}
                    </span>
                    <span className={styles.name}>{one.name}</span>
                  </Button>
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </AppFrame>
  );
}
