import { useState } from 'react';
import { TextField } from '../../../ui/TextField.tsx';
import { Button } from '../../../ui/Button.tsx';
import type { RecordOptions } from '../../till.ts';
import { useDesk, useMessages } from '../app/context.tsx';
import type { ManagerReason } from '../../../loyalty/decision.ts';
import { PinPad } from '../signIn/PinPad.tsx';
import styles from './Sheets.module.css';
import { TillSheet } from './TillSheet.tsx';

export interface ManagerSheetProps {
  /** Why a manager is asked; null where only a reason is missing. */
  readonly because: ManagerReason | null;
  readonly needsReason: boolean;
  readonly resume: (options: RecordOptions) => void;
  readonly onClose: () => void;
}

/** A manager's PIN, and a reason where something recorded is changed; then what was asked for goes on. */
export function ManagerSheet({ because, needsReason, resume, onClose }: ManagerSheetProps) {
  const { till, screen } = useDesk();
  const { till: messages, why } = useMessages();
  const say = messages.manager;
  const [reason, setReason] = useState('');
  const given = needsReason ? { reason: reason.trim() } : {};
  const ready = !needsReason || reason.trim() !== '';
  const go = (options: RecordOptions): void => {
    screen.setState({ sheet: null });
    resume(options);
  };
  return (
    <TillSheet
      title={because ? say.title : say.reason}
      onClose={onClose}
      size="narrow"
      role="alertdialog"
      data-test="manager-sheet"
    >
      <div className={styles.stack}>
        {because && <p>{why.managerNeeded[because]}</p>}
        {needsReason && (
          <TextField
            label={say.reason}
            value={reason}
            onChange={setReason}
            placeholder={say.reasonPlaceholder}
            maxLength={200}
            autoFocus
          />
        )}
        {because && (
          <PinPad
            title={null}
            label={say.pin}
            action={say.ok}
            check={async (pin) => {
              const outcome = await till.approve(pin);
              if (outcome.ok) go({ ...given, approvedBy: outcome.staff });
              return outcome;
            }}
            onBack={null}
            backLabel=""
            takesFocus={!needsReason}
            isDisabled={!ready}
          />
        )}
        {!because && (
          <Button kind="main" size="l" isDisabled={!ready} onPress={() => go(given)}>
            {say.ok}
          </Button>
        )}
      </div>
    </TillSheet>
  );
}
