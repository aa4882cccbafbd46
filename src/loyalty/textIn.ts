import type { Text } from './basics.ts';
import { entry } from './records.ts';

/** A text in a language, else in the business's own, else whatever there is; empty where nothing was written. */
export function textIn(text: Text, language: string, fallback: string): string {
  return entry(text, language) || entry(text, fallback) || Object.values(text).find((value) => value !== '') || '';
}
