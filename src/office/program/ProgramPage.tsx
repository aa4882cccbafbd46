import { useMemo, useState } from 'react';
import { textIn } from '../../i18n/format.ts';
import type { Program } from '../../loyalty/program.ts';
import type { OfficeBusiness, OfficeProgram, OfficeTill } from '../../protocol/office/officeApi.ts';
import { CURRENCIES } from '../../protocol/office/officeRules.ts';
import { Button } from '../../ui/Button.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { ask } from '../app/api.ts';
import { useOffice } from '../app/context.ts';
import { DoneLine, Face, Loaded, ProblemLine } from '../app/Faces.tsx';
import { Page } from '../app/Page.tsx';
import { useLoad } from '../app/useLoad.ts';
import { useSave } from '../app/useSave.ts';
import { changesOf } from './changes.ts';
import { ChangeList } from './ChangeList.tsx';
import { ProgramEditor } from './ProgramEditor.tsx';
import styles from './ProgramPage.module.css';

/** The program in force, and the next one while it is being made. */
export function ProgramPage() {
  const { text, format } = useOffice();
  const program = useLoad<OfficeProgram>('program');
  const business = useLoad<OfficeBusiness>('business');
  const tills = useLoad<readonly OfficeTill[]>('tills');
  const since = program.value?.current?.publishedAt;
  return (
    <Page
      title={text.program.title}
      lead={
        since === undefined
          ? text.program.lead
          : `${text.program.lead} ${text.program.version({ when: format.dateTime(since, business.value?.settings?.timeZone) })}.`
      }
    >
      <Loaded load={program}>
        {({ current }) => (
          <Loaded load={business}>
            {({ settings }) =>
              current && settings ? (
                <Draft
                  key={current.hash}
                  current={current}
                  settings={settings}
                  tills={tills.value?.filter((one) => !one.revoked).length ?? 1}
                  onPublished={program.reload}
                />
              ) : (
                <Face icon="stamp" title={text.program.none} />
              )
            }
          </Loaded>
        )}
      </Loaded>
    </Page>
  );
}

interface DraftProps {
  readonly current: NonNullable<OfficeProgram['current']>;
  readonly settings: NonNullable<OfficeBusiness['settings']>;
  readonly tills: number;
  readonly onPublished: () => Promise<void>;
}

function Draft({ current, settings, tills, onPublished }: DraftProps) {
  const { text, format, language } = useOffice();
  const [draft, setDraft] = useState<Program>(current.program);
  const [reviewing, setReviewing] = useState(false);
  const save = useSave();
  const changes = useMemo(
    () =>
      changesOf(current.program, draft, {
        text,
        money: (amount) =>
          format.money(amount, { currency: settings.currency, scale: CURRENCIES[settings.currency] ?? 2 }),
        name: (of) => textIn(of, language, settings.languages[0] ?? 'en'),
      }),
    [current.program, draft, text, format, language, settings],
  );
  const publish = async () => {
    const done = await save.run(() => ask('POST', 'program/publish', { program: draft, basis: current.hash }));
    if (!done) return;
    setReviewing(false);
    await onPublished();
  };
  return (
    <>
      <ProgramEditor program={draft} onChange={setDraft} settings={settings} tills={tills} />
      <div className={styles.bar}>
        {changes.length === 0 ? (
          <span className={styles.count}>{text.program.diff.none}</span>
        ) : (
          <>
            <strong className={styles.count}>{text.program.diff.count({ count: changes.length })}</strong>
            <Button onPress={() => setDraft(current.program)}>{text.program.diff.discard}</Button>
            <Button kind="main" onPress={() => setReviewing(true)}>
              {text.program.diff.review}
            </Button>
          </>
        )}
      </div>
      <Sheet
        title={text.program.diff.title}
        isOpen={reviewing}
        onClose={() => setReviewing(false)}
        size="wide"
        footer={
          <div className={styles.foot}>
            <ProblemLine problem={save.problem} />
            <Button onPress={() => setReviewing(false)}>{text.common.back}</Button>
            <Button kind="main" isBusy={save.busy} onPress={() => void publish()}>
              {text.program.diff.publish}
            </Button>
          </div>
        }
      >
        <ChangeList changes={changes} />
        <DoneLine>{text.program.diff.note}</DoneLine>
      </Sheet>
    </>
  );
}
