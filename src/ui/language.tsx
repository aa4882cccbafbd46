import { createContext, useContext, useMemo, type ReactNode } from 'react';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import { shared as enShared, type SharedMessages } from '../i18n/en/shared.ts';
import { createFormat, type Format, type Language } from '../i18n/format.ts';
import { shared as huShared } from '../i18n/hu/shared.ts';

interface Speech {
  readonly language: Language;
  readonly format: Format;
  readonly shared: SharedMessages;
  readonly messages: unknown;
}

const Spoken = createContext<Speech | null>(null);

/** What the app says, in the language of the moment; `messages` are the app's own catalogues. */
export function LanguageProvider<M>({
  language,
  messages,
  children,
}: {
  readonly language: Language;
  readonly messages: Readonly<Record<Language, M>>;
  readonly children: ReactNode;
}) {
  const speech = useMemo<Speech>(
    () => ({
      language,
      format: createFormat(language),
      shared: language === 'hu' ? huShared : enShared,
      messages: messages[language],
    }),
    [language, messages],
  );
  return (
    <I18nProvider locale={speech.format.locale}>
      <Spoken.Provider value={speech}>{children}</Spoken.Provider>
    </I18nProvider>
  );
}

function useSpeech(): Speech {
  const speech = useContext(Spoken);
  if (!speech) throw new Error('no LanguageProvider above');
  return speech;
}

export const useLanguage = (): Language => useSpeech().language;
export const useFormat = (): Format => useSpeech().format;
export const useShared = (): SharedMessages => useSpeech().shared;

/**
 * Makes an app's `useMessages`, typed by its catalogue: `export const useMessages = messagesHook<TillMessages>()`. The
 * type is the app's word that its provider was given catalogues of this shape.
 */
export function messagesHook<M>(): () => M {
  return () => useSpeech().messages as M;
}
