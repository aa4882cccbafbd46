import { useState } from 'react';
import type { OfficeBusiness, OfficeTill } from '../../protocol/office.ts';
import { Button } from '../../ui/Button.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { useOffice } from '../app/context.ts';
import { Face, Loaded } from '../app/Faces.tsx';
import { Page, Section } from '../app/Page.tsx';
import { useLoad } from '../app/useLoad.ts';
import { PairTill } from './PairTill.tsx';
import { TillRow } from './TillRow.tsx';
import styles from './Tills.module.css';

const REFRESH_MS = 15_000;

export function TillsPage() {
  const { text } = useOffice();
  const tills = useLoad<readonly OfficeTill[]>('tills', REFRESH_MS);
  const business = useLoad<OfficeBusiness>('business');
  const [pairing, setPairing] = useState(false);
  return (
    <Page
      title={text.tills.title}
      lead={text.tills.lead}
      actions={
        <Button kind="main" icon="tablet" onPress={() => setPairing(true)} isDisabled={!business.value}>
          {text.tills.pair}
        </Button>
      }
    >
      <Loaded load={tills}>
        {(all) =>
          all.length === 0 ? (
            <Face icon="tablet" title={text.tills.none} />
          ) : (
            <Section>
              <ul className={styles.list}>
                {all.map((till) => (
                  <TillRow
                    key={till.id}
                    till={till}
                    location={
                      (business.value?.locations.length ?? 0) > 1
                        ? business.value?.locations.find((one) => one.id === till.location)?.name
                        : undefined
                    }
                    onChanged={tills.reload}
                  />
                ))}
              </ul>
            </Section>
          )
        }
      </Loaded>
      <Sheet title={text.tills.pair} isOpen={pairing} onClose={() => setPairing(false)} size="wide">
        {business.value && (
          <PairTill business={business.value} count={tills.value?.length ?? 0} onPaired={tills.reload} />
        )}
      </Sheet>
    </Page>
  );
}
