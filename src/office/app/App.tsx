import { useCallback, useEffect, useMemo, useState } from 'react';
import { createFormat } from '../../i18n/format.ts';
import { officeEn } from '../../i18n/en/office.ts';
import { officeHu } from '../../i18n/hu/office.ts';
import type { OfficeState } from '../../protocol/office/officeApi.ts';
import { applyAccent } from '../../ui/accent.ts';
import { Button } from '../../ui/Button.tsx';
import { LanguageProvider } from '../../ui/language.tsx';
import { OwnerStep } from '../setup/OwnerStep.tsx';
import { Setup } from '../setup/Setup.tsx';
import { SignIn } from '../signin/SignIn.tsx';
import { ask } from './api.ts';
import type { Answer, Problem } from './api.ts';
import { OfficeContext } from './context.ts';
import { Face } from './Faces.tsx';
import { Shell } from './Shell.tsx';
import { useChosenLanguage } from './useChosenLanguage.ts';
import { useFocusKept } from './useFocusKept.ts';
import styles from './App.module.css';

const MESSAGES = { en: officeEn, hu: officeHu } as const;

/** Decides which face the office has: set-up, sign-in or the office itself. */
export function App() {
  useFocusKept();
  const [language, setLanguage] = useChosenLanguage();
  const [state, setState] = useState<OfficeState | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const text = MESSAGES[language];
  const format = useMemo(() => createFormat(language), [language]);

  const refresh = useCallback(() => {
    const take = (answer: Answer<OfficeState>): void => {
      if (answer.ok) setState(answer.value);
      setProblem(answer.ok ? null : answer.problem);
    };
    return ask<OfficeState>('GET', 'state').then(take);
  }, []);
  const sessionEnded = useCallback(() => {
    setState((known) => (known ? { ...known, phase: 'signedOut', me: null } : known));
  }, []);

  useEffect(() => {
    void refresh();
  }, [refresh]);
  const color = state?.business?.color;
  useEffect(() => {
    if (color) applyAccent(color);
  }, [color]);
  useEffect(() => {
    document.title = state?.business ? `${state.business.name} · ${text.appName}` : text.appName;
  }, [state?.business, text]);

  if (!state) {
    return (
      <main className={styles.alone}>
        {problem && (
          <Face
            icon={problem.kind === 'offline' ? 'wifiOff' : 'alert'}
            title={problem.kind === 'offline' ? text.errors.offlineTitle : text.errors.failedTitle}
            body={problem.kind === 'offline' ? text.errors.offline : text.errors.failed}
            action={<Button onPress={() => void refresh()}>{text.common.retry}</Button>}
          />
        )}
      </main>
    );
  }
  return (
    <LanguageProvider language={language} messages={MESSAGES}>
      <OfficeContext value={{ text, format, language, setLanguage, state, refresh, sessionEnded }}>
        <Phase state={state} />
      </OfficeContext>
    </LanguageProvider>
  );
}

function Phase({ state }: { readonly state: OfficeState }) {
  if (state.phase === 'needsOwner') return <OwnerStep />;
  if (state.phase === 'signedOut') return <SignIn />;
  return state.setup ? <Setup progress={state.setup} /> : <Shell />;
}
