import { useCallback, useEffect, useState } from 'react';
import { chooseLanguage } from '../../i18n/format.ts';
import type { Language } from '../../i18n/format.ts';

const KEY = 'regulars.office.language';

/** The office speaks the browser's language until somebody chooses another. */
export function useChosenLanguage(): readonly [Language, (language: Language) => void] {
  const [language, set] = useState(() => chooseLanguage([remembered(), ...navigator.languages]));
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const choose = useCallback((next: Language) => {
    set(next);
    try {
      localStorage.setItem(KEY, next);
    } catch {
      // A browser without storage asks again next time.
    }
  }, []);
  return [language, choose];
}

function remembered(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}
