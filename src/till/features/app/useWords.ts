import { useMemo } from 'react';
import { useFormat, useLanguage, useShared } from '../../../ui/language.tsx';
import { useMessages, useShop } from './context.tsx';
import type { Words } from './words.ts';

/** The words of the moment, for the sentences of `words.ts`. */
export function useWords(): Words {
  const shop = useShop();
  const language = useLanguage();
  const format = useFormat();
  const shared = useShared();
  const { why } = useMessages();
  return useMemo(() => ({ shop, language, format, shared, why }), [shop, language, format, shared, why]);
}
