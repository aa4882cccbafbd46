import { chooseLanguage, type Language } from '../../../i18n/format.ts';

const KEY = 'regulars.till.language';

/**
 * The language that was chosen at this till; else the browser's, where the shop speaks it; else the shop's first.
 * @param shopLanguages null while the shop is not known yet
 */
export function languageOf(shopLanguages: readonly string[] | null): Language {
  const spoken = navigator.languages.filter((wish) => shopLanguages?.some((one) => wish.startsWith(one)) ?? true);
  return chooseLanguage([localStorage.getItem(KEY), ...spoken, ...(shopLanguages ?? [])]);
}

export const rememberLanguage = (language: Language): void => localStorage.setItem(KEY, language);
