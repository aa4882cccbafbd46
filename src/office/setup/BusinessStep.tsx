import { useState } from 'react';
import type { OfficeBusiness } from '../../protocol/office/officeApi.ts';
import type { BusinessSettings } from '../../protocol/office/officeBodies.ts';
import { applyAccent } from '../../ui/accent.ts';
import { Button } from '../../ui/Button.tsx';
import { ask } from '../app/api.ts';
import { useOffice } from '../app/context.ts';
import { Loaded, ProblemLine } from '../app/Faces.tsx';
import { Section } from '../app/Page.tsx';
import { useLoad } from '../app/useLoad.ts';
import { useSave } from '../app/useSave.ts';
import { BusinessFields } from '../business/BusinessFields.tsx';
import { firstSettings } from '../business/firstSettings.ts';
import { StepPage } from './StepPage.tsx';

interface StepProps {
  readonly onDone: () => Promise<void>;
}

export function BusinessStep({ onDone }: StepProps) {
  const business = useLoad<OfficeBusiness>('business');
  return (
    <Loaded load={business}>
      {(value) => <Form first={value.settings} currencyFixed={value.currencyFixed} onDone={onDone} />}
    </Loaded>
  );
}

interface FormProps extends StepProps {
  readonly first: BusinessSettings | null;
  readonly currencyFixed: boolean;
}

function Form({ first, currencyFixed, onDone }: FormProps) {
  const { text, language } = useOffice();
  const [settings, setSettings] = useState(() => first ?? firstSettings(language));
  const save = useSave();
  const submit = async () => {
    const done = await save.run(() => ask('PUT', 'business', settings));
    if (done) await onDone();
  };
  return (
    <StepPage
      title={text.setup.business.title}
      lead={text.setup.business.lead}
      actions={
        <>
          <ProblemLine problem={save.problem} />
          <Button
            kind="main"
            size="l"
            isBusy={save.busy}
            isDisabled={settings.name.trim() === ''}
            onPress={() => void submit()}
          >
            {text.common.continue}
          </Button>
        </>
      }
    >
      <Section>
        <BusinessFields
          value={settings}
          currencyFixed={currencyFixed}
          onChange={(next) => {
            setSettings(next);
            if (next.color !== settings.color) applyAccent(next.color);
          }}
        />
      </Section>
    </StepPage>
  );
}
