import { Button } from '../../ui/Button.tsx';
import type { OfficeBusiness, OfficeTill } from '../../protocol/office/officeApi.ts';
import { useOffice } from '../app/context.ts';
import { Loaded } from '../app/Faces.tsx';
import { Section } from '../app/Page.tsx';
import { useLoad } from '../app/useLoad.ts';
import { PairTill } from '../tills/PairTill.tsx';
import { StepPage } from './StepPage.tsx';

export function TillStep({ onDone }: { readonly onDone: () => Promise<void> }) {
  const { text } = useOffice();
  const business = useLoad<OfficeBusiness>('business');
  const tills = useLoad<readonly OfficeTill[]>('tills');
  const some = tills.value?.some((one) => !one.revoked) ?? false;
  return (
    <StepPage
      title={text.setup.till.title}
      lead={text.setup.till.lead}
      actions={
        <Button kind={some ? 'main' : 'quiet'} size="l" onPress={() => void onDone()}>
          {some ? text.common.continue : text.setup.skip}
        </Button>
      }
    >
      <Loaded load={business}>
        {(value) => (
          <Loaded load={tills}>
            {(all) => (
              <Section>
                <PairTill business={value} count={all.length} onPaired={tills.reload} />
              </Section>
            )}
          </Loaded>
        )}
      </Loaded>
    </StepPage>
  );
}
