import { useState } from 'react';
import { TextField } from '../../../ui/TextField.tsx';
import { Button } from '../../../ui/Button.tsx';
import { OWNER_CODE_DIGITS } from '../../../protocol/ownerCode.ts';
import { useFormat } from '../../../ui/language.tsx';
import type { RecordOptions, SignInOutcome } from '../../till.ts';
import { useDesk, useMessages } from '../app/context.tsx';
import type { ManagerReason } from '../../../loyalty/decision.ts';
import { PinPad } from '../signIn/PinPad.tsx';
import styles from './Sheets.module.css';
import { TillSheet } from './TillSheet.tsx';

export interface ManagerSheetProps {
  /** Why a manager is asked; null where only a reason is missing. */
  readonly because: ManagerReason | null;
  /** How many times today staff may go on by themselves; null: here they never may. */
  readonly ownWord: number | null;
  readonly needsReason: boolean;
  readonly resume: (options: RecordOptions) => void;
  readonly onClose: () => void;
}

/** A manager's PIN, and a reason where something recorded is changed; then what was asked for goes on. */
export function ManagerSheet({ because, ownWord, needsReason, resume, onClose }: ManagerSheetProps) {
  const { till, screen } = useDesk();
  const format = useFormat();
  const { till: messages, why } = useMessages();
  const say = messages.manager;
  const [reason, setReason] = useState('');
  const given = needsReason ? { reason: reason.trim() } : {};
  const ready = !needsReason || reason.trim() !== '';
  const go = (options: RecordOptions): void => {
    screen.setState({ sheet: null });
    resume(options);
  };
  const checkCode = async (code: string): Promise<SignInOutcome> => {
    const outcome = await till.checkOwnerCode(code);
    if (!outcome.ok) return outcome;
    go({ ...given, goOn: { kind: 'ownerCode', n: outcome.n } });
    return { ok: true, staff: '' };
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
            label={ownWord === null ? say.pin : say.pinOrCode}
            longest={ownWord === null ? undefined : OWNER_CODE_DIGITS}
            action={say.ok}
            check={async (pin) => {
              if (pin.length === OWNER_CODE_DIGITS) return checkCode(pin);
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
        {ownWord !== null && (
          <section className={styles.alone}>
            <h3>{say.alone}</h3>
            <p className={styles.quiet}>{ownWord > 0 ? say.aloneHelp : say.codeOnly}</p>
            {ownWord > 0 && (
              <Button kind="tint" onPress={() => go({ ...given, goOn: { kind: 'ownWord' } })} data-test="go-on">
                {say.goOn} · {say.goOnLeft({ n: format.number(ownWord) })}
              </Button>
            )}
          </section>
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
