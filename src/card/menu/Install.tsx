import { useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { takeInstallPrompt } from '../phone/installPrompt.ts';
import { useMessages } from '../words.ts';
import styles from './menu.module.css';

/** How the card gets onto the home screen: the browser's own question where it has one, else in words. */
export function Install() {
  const { install } = useMessages();
  const [prompt, setPrompt] = useState(takeInstallPrompt);
  if (matchMedia('(display-mode: standalone)').matches) return null;
  const apple = /iPhone|iPad|iPod/.test(navigator.userAgent);
  return (
    <section className={styles.section}>
      <h3 className={styles.title}>{install.title}</h3>
      {prompt ? (
        <Button
          icon="download"
          onPress={() => {
            void prompt.prompt();
            setPrompt(null);
          }}
        >
          {install.button}
        </Button>
      ) : (
        <p className={styles.text}>{apple ? install.ios : install.other}</p>
      )}
    </section>
  );
}
