import type { OfficeMessages } from '../../i18n/en/office.ts';

/** A product group as people say it: those that presets bring have names in both languages, others are as typed. */
export function categoryName(category: string, text: OfficeMessages): string {
  const known: Readonly<Record<string, string>> = text.program.categories;
  return known[category] ?? category;
}
