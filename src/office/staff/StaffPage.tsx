import { useState } from 'react';
import type { OfficeStaff } from '../../protocol/office/officeApi.ts';
import { Button } from '../../ui/Button.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { useOffice } from '../app/context.ts';
import { Face, Loaded } from '../app/Faces.tsx';
import { Page, Section } from '../app/Page.tsx';
import { useLoad } from '../app/useLoad.ts';
import { StaffForm } from './StaffForm.tsx';
import { StaffList } from './StaffList.tsx';

export function StaffPage() {
  const { text } = useOffice();
  const staff = useLoad<readonly OfficeStaff[]>('staff');
  const [adding, setAdding] = useState(false);
  return (
    <Page
      title={text.staff.title}
      lead={text.staff.lead}
      actions={
        <Button kind="main" icon="userPlus" onPress={() => setAdding(true)}>
          {text.staff.add}
        </Button>
      }
    >
      <Loaded load={staff}>
        {(all) => {
          const active = all.filter((one) => one.active);
          const gone = all.filter((one) => !one.active);
          return (
            <>
              {active.length > 0 ? (
                <Section>
                  <StaffList staff={active} onChanged={staff.reload} />
                </Section>
              ) : (
                <Face icon="users" title={text.staff.none} body={text.setup.staff.needOne} />
              )}
              {gone.length > 0 && (
                <Section title={text.staff.inactiveTitle}>
                  <StaffList staff={gone} onChanged={staff.reload} />
                </Section>
              )}
            </>
          );
        }}
      </Loaded>
      <Sheet title={text.staff.add} isOpen={adding} onClose={() => setAdding(false)}>
        <StaffForm
          firstRole="staff"
          firstName=""
          onAdded={async () => {
            setAdding(false);
            await staff.reload();
          }}
        />
      </Sheet>
    </Page>
  );
}
