import { useState } from 'react';
import type { OfficeBusiness } from '../../protocol/office/officeApi.ts';
import type { BusinessSettings } from '../../protocol/office/officeBodies.ts';
import { Button } from '../../ui/Button.tsx';
import { ask } from '../app/api.ts';
import { useOffice } from '../app/context.ts';
import { DoneLine, Loaded, ProblemLine } from '../app/Faces.tsx';
import { Page, Section } from '../app/Page.tsx';
import { useLoad } from '../app/useLoad.ts';
import { useSave } from '../app/useSave.ts';
import { BusinessFields } from '../business/BusinessFields.tsx';
import { AccountSection } from './AccountSection.tsx';
import { LocationsSection } from './LocationsSection.tsx';
import styles from './Settings.module.css';

export function SettingsPage() {
  const { text } = useOffice();
  const business = useLoad<OfficeBusiness>('business');
  return (
    <Page title={text.settings.title}>
      <Loaded load={business}>
        {(value) => (
          <>
            {value.settings && (
              <BusinessSection first={value.settings} currencyFixed={value.currencyFixed} onSaved={business.reload} />
            )}
            <LocationsSection locations={value.locations} onSaved={business.reload} />
          </>
        )}
      </Loaded>
      <AccountSection />
    </Page>
  );
}

interface BusinessSectionProps {
  readonly first: BusinessSettings;
  readonly currencyFixed: boolean;
  readonly onSaved: () => Promise<void>;
}

function BusinessSection({ first, currencyFixed, onSaved }: BusinessSectionProps) {
  const { text, refresh } = useOffice();
  const [settings, setSettings] = useState(first);
  const [saved, setSaved] = useState(false);
  const save = useSave();
  const submit = async () => {
    const done = await save.run(() => ask('PUT', 'business', settings));
    if (!done) return;
    setSaved(true);
    await Promise.all([onSaved(), refresh()]);
  };
  return (
    <Section title={text.settings.businessTitle}>
      <BusinessFields
        value={settings}
        currencyFixed={currencyFixed}
        onChange={(next) => {
          setSettings(next);
          setSaved(false);
        }}
      />
      <div className={styles.right}>
        <ProblemLine problem={save.problem} />
        {saved && <DoneLine>{text.common.saved}</DoneLine>}
        <Button kind="main" isBusy={save.busy} isDisabled={settings.name.trim() === ''} onPress={() => void submit()}>
          {text.common.save}
        </Button>
      </div>
    </Section>
  );
}
