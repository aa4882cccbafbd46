import { create } from 'zustand';
import { chooseLanguage, languages } from '../../i18n/format.ts';
import type { Language } from '../../i18n/format.ts';
import { keepLanguage, readLanguage } from './storage.ts';

/** What the customer has chosen; `null`: follow the phone. */
const useChosen = create<{ readonly chosen: Language | null }>(() => ({
  chosen: languages.find((language) => language === readLanguage()) ?? null,
}));

export function chooseLanguageOf(language: Language): void {
  keepLanguage(language);
  useChosen.setState({ chosen: language });
}

/** The language to speak: the one chosen here, else the phone's, else the shop's. */
export function useCardLanguage(shopLanguages: readonly string[]): Language {
  const chosen = useChosen((state) => state.chosen);
  return chosen ?? chooseLanguage([...navigator.languages, ...shopLanguages]);
}
