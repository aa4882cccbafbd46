import { useState } from 'react';
import type { OfficeBusiness, OfficeTill } from '../../protocol/office/officeApi.ts';
import { Button } from '../../ui/Button.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { useOffice } from '../app/context.ts';
import { Face, Loaded } from '../app/Faces.tsx';
import { Page, Section } from '../app/Page.tsx';
import { useLoad } from '../app/useLoad.ts';
import { LoadFile } from './LoadFile.tsx';
import { PairTill } from './PairTill.tsx';
import { ReplaceTill } from './ReplaceTill.tsx';
import { TillRow } from './TillRow.tsx';
import styles from './Tills.module.css';

const REFRESH_MS = 15_000;

type Open =
  { readonly kind: 'pair' } | { readonly kind: 'load' } | { readonly kind: 'replace'; readonly till: OfficeTill };

export function TillsPage() {
  const { text, format } = useOffice();
  const tills = useLoad<readonly OfficeTill[]>('tills', REFRESH_MS);
  const business = useLoad<OfficeBusiness>('business');
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  const locations = business.value?.locations ?? [];
  const row = (till: OfficeTill) => (
    <TillRow
      key={till.id}
      till={till}
      location={locations.length > 1 ? locations.find((one) => one.id === till.location)?.name : undefined}
      timeZone={business.value?.settings?.timeZone}
      onChanged={tills.reload}
      onReplace={() => setOpen({ kind: 'replace', till })}
    />
  );
  return (
    <Page
      title={text.tills.title}
      lead={text.tills.lead}
      actions={
        <>
          <Button icon="upload" onPress={() => setOpen({ kind: 'load' })}>
            {text.tills.load}
          </Button>
          <Button kind="main" icon="tablet" onPress={() => setOpen({ kind: 'pair' })} isDisabled={!business.value}>
            {text.tills.pair}
          </Button>
        </>
      }
    >
      <Loaded load={tills}>
        {(all) => {
          if (all.length === 0) return <Face icon="tablet" title={text.tills.none} />;
          // One that is gone and still has something to say stays in sight.
          const gone = all.filter((one) => one.revoked && one.unsent === 0 && one.copiedAt === null);
          return (
            <Section>
              <ul className={styles.list}>{all.filter((one) => !gone.includes(one)).map(row)}</ul>
              {gone.length > 0 && (
                <details className={styles.gone} open={gone.length === all.length}>
                  <summary>{text.tills.gone({ n: format.number(gone.length) })}</summary>
                  <ul className={styles.list}>{gone.map(row)}</ul>
                </details>
              )}
            </Section>
          );
        }}
      </Loaded>
      <Sheet title={text.tills.pair} isOpen={open?.kind === 'pair'} onClose={close} size="wide">
        {business.value && (
          <PairTill business={business.value} count={tills.value?.length ?? 0} onPaired={tills.reload} />
        )}
      </Sheet>
      <Sheet title={text.tills.load} isOpen={open?.kind === 'load'} onClose={close}>
        <LoadFile onLoaded={tills.reload} />
      </Sheet>
      {open?.kind === 'replace' && business.value && (
        <Sheet title={text.tills.replaceTitle({ name: open.till.name })} isOpen onClose={close} size="wide">
          <ReplaceTill till={open.till} business={business.value} onPaired={tills.reload} />
        </Sheet>
      )}
    </Page>
  );
}
