import { createContext, useContext } from 'react';
import type { Format, Language } from '../../i18n/format.ts';
import type { OfficeMessages } from '../../i18n/en/office.ts';
import type { OfficeState } from '../../protocol/office/officeApi.ts';

export interface Office {
  readonly text: OfficeMessages;
  readonly format: Format;
  readonly language: Language;
  readonly setLanguage: (language: Language) => void;
  readonly state: OfficeState;
  /** Asks the server where we are; after a step that changes it. */
  readonly refresh: () => Promise<void>;
  readonly sessionEnded: () => void;
}

export const OfficeContext = createContext<Office | null>(null);

export function useOffice(): Office {
  const office = useContext(OfficeContext);
  if (!office) throw new Error('useOffice outside of the app');
  return office;
}
