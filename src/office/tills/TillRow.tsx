import { useState } from 'react';
import type { OfficeTill } from '../../protocol/office/officeApi.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { ask } from '../app/api.ts';
import { useOffice } from '../app/context.ts';
import { ProblemLine } from '../app/Faces.tsx';
import { useNow } from '../app/useNow.ts';
import { useSave } from '../app/useSave.ts';
import { FaceChip, useFaceHint } from './FaceChip.tsx';
import { OwnerCode } from './OwnerCode.tsx';
import { RenameTill, RevokeTill } from './TillSheets.tsx';
import { tillFaces } from './tillFaces.ts';
import styles from './Tills.module.css';

interface TillRowProps {
  readonly till: OfficeTill;
  readonly location: string | undefined;
  /** The business's, for what happened when. */
  readonly timeZone: string | undefined;
  readonly onChanged: () => Promise<void>;
  /** Opens pairing for the tablet that takes this one's place. */
  readonly onReplace: () => void;
}

/** One till: is it there, what waits on it, and what can be done. */
export function TillRow({ till, location, timeZone, onChanged, onReplace }: TillRowProps) {
  const { text } = useOffice();
  const [open, setOpen] = useState<'rename' | 'revoke' | 'code' | null>(null);
  const now = useNow(10_000);
  const hint = useFaceHint();
  const faces = tillFaces(till, now, REGULARS_BUILD);
  const hints = faces.flatMap((face) => hint(face) ?? []);
  return (
    <li className={styles.till} data-test="till-row">
      <span className={styles.picture}>
        <Icon name="tablet" size={28} />
      </span>
      <div className={styles.about}>
        <strong className={styles.name}>{till.name}</strong>
        {location && <span className={styles.soft}>{location}</span>}
      </div>
      <div className={styles.more}>
        <div className={styles.chips}>
          {faces.map((face) => (
            <FaceChip key={face.kind} face={face} now={now} />
          ))}
        </div>
        {hints.map((one) => (
          <p key={one}>{one}</p>
        ))}
        {till.copiedAt !== null && <Settled till={till} onChanged={onChanged} />}
        <Small till={till} timeZone={timeZone} />
      </div>
      {!till.revoked && (
        <div className={styles.doing}>
          <Button icon="lock" onPress={() => setOpen('code')} data-test="owner-code">
            {text.tills.code.open}
          </Button>
          <Button icon="edit" onPress={() => setOpen('rename')}>
            {text.tills.rename}
          </Button>
          <Button icon="tablet" onPress={onReplace}>
            {text.tills.replace}
          </Button>
          <Button onPress={() => setOpen('revoke')}>{text.tills.revoke}</Button>
        </div>
      )}
      {open === 'rename' && <RenameTill till={till} onClose={() => setOpen(null)} onChanged={onChanged} />}
      {open === 'code' && <OwnerCode till={till} onClose={() => setOpen(null)} />}
      {open === 'revoke' && <RevokeTill till={till} onClose={() => setOpen(null)} onChanged={onChanged} />}
    </li>
  );
}

/** What is true of every till and seldom asked: version, storage; or how it ended. */
function Small({ till, timeZone }: Pick<TillRowProps, 'till' | 'timeZone'>) {
  const { text, format } = useOffice();
  const say = text.tills;
  const { ended, storage } = till;
  if (ended) {
    const date = format.dateTime(ended.at, timeZone);
    const by = ended.by ?? text.common.unknownPerson;
    const how = {
      office: say.endedOffice({ date }),
      till: say.endedTill({ date, by }),
      replaced: say.endedReplaced({ date }),
      file: say.endedFile({ date }),
    };
    return <span className={styles.soft}>{how[ended.how]}</span>;
  }
  const words = [
    till.build && `${say.build} ${till.build}`,
    storage && say.storage({ percent: format.percent(storage.used, storage.quota) }),
    till.persisted && say.storageSafe,
  ].filter(Boolean);
  return words.length === 0 ? null : <span className={styles.soft}>{words.join(' · ')}</span>;
}

/** The owner has dealt with the copy; the alarm goes until there is another one. */
function Settled({ till, onChanged }: Pick<TillRowProps, 'till' | 'onChanged'>) {
  const { text } = useOffice();
  const save = useSave();
  const settle = async () => {
    if (await save.run(() => ask('POST', `tills/${till.id}/copies-settled`, {}))) await onChanged();
  };
  return (
    <div>
      <Button icon="check" isBusy={save.busy} onPress={() => void settle()}>
        {text.tills.copiesSettled}
      </Button>
      <ProblemLine problem={save.problem} />
    </div>
  );
}
