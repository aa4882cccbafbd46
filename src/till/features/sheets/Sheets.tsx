import type { Language } from '../../../i18n/format.ts';
import { useDesk, useScreen } from '../app/context.tsx';
import { UnpairSheet } from '../journal/UnpairSheet.tsx';
import { CodeSheet } from './CodeSheet.tsx';
import { EnrollSheet } from './EnrollSheet.tsx';
import { ManagerSheet } from './ManagerSheet.tsx';
import { PairAgainSheet } from './PairAgainSheet.tsx';
import { PhoneSheet } from './PhoneSheet.tsx';
import { RecentSheet } from './RecentSheet.tsx';
import { SettingsSheet } from './SettingsSheet.tsx';

/** The one sheet that is open, if any. */
export function Sheets({ onLanguage }: { readonly onLanguage: (language: Language) => void }) {
  const { act } = useDesk();
  const sheet = useScreen((screen) => screen.sheet);
  const close = act.closeSheet;
  switch (sheet?.kind) {
    case 'phone':
      return <PhoneSheet onClose={close} />;
    case 'code':
      return <CodeSheet onClose={close} />;
    case 'recent':
      return <RecentSheet onClose={close} />;
    case 'enroll':
      return <EnrollSheet customer={null} phone={sheet.phone} onClose={close} />;
    case 'edit':
      return <EnrollSheet customer={sheet.customer} phone={sheet.customer.profile?.phone ?? ''} onClose={close} />;
    case 'manager':
      return <ManagerSheet {...sheet} onClose={close} />;
    case 'pairAgain':
      return <PairAgainSheet onClose={close} />;
    case 'settings':
      return <SettingsSheet onClose={close} onLanguage={onLanguage} />;
    case 'unpair':
      return <UnpairSheet onClose={close} />;
    case undefined:
      return null;
  }
}
