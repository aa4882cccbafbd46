import { useState } from 'react';
import type { OfficeTill } from '../../protocol/office.ts';
import { Button } from '../../ui/Button.tsx';
import { Chip } from '../../ui/Chip.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { ask } from '../app/api.ts';
import { useOffice } from '../app/context.ts';
import { ProblemLine } from '../app/Faces.tsx';
import { useNow } from '../app/useNow.ts';
import { useSave } from '../app/useSave.ts';
import styles from './Tills.module.css';

/** A till that asks at least every half minute has missed a turn after this. */
const IN_CONTACT_MS = 90_000;

interface TillRowProps {
  readonly till: OfficeTill;
  readonly location: string | undefined;
  readonly onChanged: () => Promise<void>;
}

/** One till: is it there, what waits on it, and what can be done. */
export function TillRow({ till, location, onChanged }: TillRowProps) {
  const { text, format } = useOffice();
  const [open, setOpen] = useState<'rename' | 'revoke' | null>(null);
  const now = useNow(10_000);
  const here = till.lastSeenAt !== null && now - till.lastSeenAt < IN_CONTACT_MS;
  return (
    <li className={styles.till}>
      <span className={styles.picture}>
        <Icon name="tablet" size={28} />
      </span>
      <div className={styles.about}>
        <strong className={styles.name}>{till.name}</strong>
        {location && <span className={styles.soft}>{location}</span>}
        <div className={styles.chips}>
          {till.revoked ? (
            <Chip tone="bad" size="s" icon="lock">
              {text.tills.revoked}
            </Chip>
          ) : here ? (
            <Chip tone="good" size="s" icon="wifi">
              {text.tills.online}
            </Chip>
          ) : (
            <Chip size="s" icon="wifiOff">
              {text.tills.lastSeen}: {till.lastSeenAt === null ? text.common.never : format.ago(now - till.lastSeenAt)}
            </Chip>
          )}
          {till.unsent > 0 && (
            <Chip tone="warn" size="s" icon="clock">
              {text.tills.unsent}:{' '}
              {till.oldestUnsentAt === null
                ? till.unsent
                : text.tills.unsentSince({ count: till.unsent, since: format.dateTime(till.oldestUnsentAt) })}
            </Chip>
          )}
          {till.persisted === false && !till.revoked && (
            <Chip tone="warn" size="s" icon="alert">
              {text.tills.notPersisted}
            </Chip>
          )}
        </div>
        {till.build && (
          <span className={styles.soft}>
            {text.tills.build}: {till.build}
          </span>
        )}
      </div>
      {!till.revoked && (
        <div className={styles.doing}>
          <Button icon="edit" onPress={() => setOpen('rename')}>
            {text.tills.rename}
          </Button>
          <Button onPress={() => setOpen('revoke')}>{text.tills.revoke}</Button>
        </div>
      )}
      {open === 'rename' && <Rename till={till} onClose={() => setOpen(null)} onChanged={onChanged} />}
      {open === 'revoke' && <Revoke till={till} onClose={() => setOpen(null)} onChanged={onChanged} />}
    </li>
  );
}

interface SheetProps {
  readonly till: OfficeTill;
  readonly onClose: () => void;
  readonly onChanged: () => Promise<void>;
}

function Rename({ till, onClose, onChanged }: SheetProps) {
  const { text } = useOffice();
  const [name, setName] = useState(till.name);
  const save = useSave();
  const submit = async () => {
    const done = await save.run(() => ask('PATCH', `tills/${till.id}`, { name }));
    if (!done) return;
    onClose();
    await onChanged();
  };
  return (
    <Sheet
      title={text.tills.rename}
      isOpen
      onClose={onClose}
      size="narrow"
      footer={
        <Button kind="main" isDisabled={save.busy || name.trim() === ''} onPress={() => void submit()}>
          {text.common.save}
        </Button>
      }
    >
      <TextField label={text.tills.name} value={name} onChange={setName} maxLength={80} autoFocus />
      <ProblemLine problem={save.problem} />
    </Sheet>
  );
}

/** Cannot be undone (the tablet deletes its data), so it asks. */
function Revoke({ till, onClose, onChanged }: SheetProps) {
  const { text } = useOffice();
  const save = useSave();
  const submit = async () => {
    const done = await save.run(() => ask('POST', `tills/${till.id}/revoke`, {}));
    if (!done) return;
    onClose();
    await onChanged();
  };
  return (
    <Sheet
      title={text.tills.revokeTitle({ name: till.name })}
      isOpen
      onClose={onClose}
      role="alertdialog"
      footer={
        <div className={styles.foot}>
          <Button onPress={onClose}>{text.common.cancel}</Button>
          <Button kind="danger" icon="lock" isDisabled={save.busy} onPress={() => void submit()}>
            {text.tills.revoke}
          </Button>
        </div>
      }
    >
      <p>{text.tills.revokeText}</p>
      <ProblemLine problem={save.problem} />
    </Sheet>
  );
}
