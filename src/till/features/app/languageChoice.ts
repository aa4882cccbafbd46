import { chooseLanguage, type Language } from '../../../i18n/format.ts';

const KEY = 'regulars.till.language';

/** The language that was chosen at this till, else the shop's first, else the browser's. */
export function languageOf(shopLanguages: readonly string[] | null): Language {
  return chooseLanguage([localStorage.getItem(KEY), ...(shopLanguages ?? []).slice(0, 1), ...navigator.languages]);
}

export const rememberLanguage = (language: Language): void => localStorage.setItem(KEY, language);
