import type { OfficeStaff } from '../../protocol/office/officeApi.ts';
import { Button } from '../../ui/Button.tsx';
import { useOffice } from '../app/context.ts';
import { Loaded } from '../app/Faces.tsx';
import { Section } from '../app/Page.tsx';
import { useLoad } from '../app/useLoad.ts';
import { StaffList } from '../staff/StaffList.tsx';
import { StaffForm } from '../staff/StaffForm.tsx';
import { StepPage } from './StepPage.tsx';
import styles from './Setup.module.css';

export function StaffStep({ onDone }: { readonly onDone: () => Promise<void> }) {
  const { text, state } = useOffice();
  const staff = useLoad<readonly OfficeStaff[]>('staff');
  const some = staff.value?.some((one) => one.active) ?? false;
  return (
    <StepPage
      title={text.setup.staff.title}
      lead={text.setup.staff.lead}
      actions={
        <>
          {!some && <span className={styles.note}>{text.setup.staff.needOne}</span>}
          <Button kind="main" size="l" isDisabled={!some} onPress={() => void onDone()}>
            {text.common.continue}
          </Button>
        </>
      }
    >
      <Loaded load={staff}>
        {(all) => (
          <>
            {all.length > 0 && (
              <Section>
                <StaffList staff={all} onChanged={staff.reload} />
              </Section>
            )}
            <Section title={text.staff.add} {...(some ? {} : { lead: text.setup.staff.ownerPin })}>
              <StaffForm
                key={all.length}
                firstRole={some ? 'staff' : 'owner'}
                firstName={some ? '' : (state.me?.name ?? '')}
                onAdded={staff.reload}
              />
            </Section>
          </>
        )}
      </Loaded>
    </StepPage>
  );
}
