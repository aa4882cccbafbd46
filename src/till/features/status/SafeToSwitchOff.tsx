import { ErrorNote } from '../../../ui/ErrorNote.tsx';
import { useFormat } from '../../../ui/language.tsx';
import { useDesk, useMessages, useObserved } from '../app/context.tsx';
import { safetyOf } from './safety.ts';

/** Whether the tablet may be switched off now, or why not. */
export function SafeToSwitchOff() {
  const { till } = useDesk();
  const status = useObserved(till.status, (value) => value);
  const say = useMessages().till.safety;
  const format = useFormat();
  const safety = safetyOf(status);
  if (safety.kind === 'safe') {
    return (
      <ErrorNote tone="good" icon="cloudCheck" title={say.safe} data-test="safe">
        {say.safeHelp}
      </ErrorNote>
    );
  }
  const n = format.number(safety.events + safety.patches);
  const unprotected = safety.kind === 'unprotected';
  return (
    <ErrorNote tone="warn" icon={unprotected ? 'alert' : 'clock'} title={say.notYet({ n })} data-test="not-safe">
      {unprotected ? say.unprotected : safety.offline ? say.offline : say.sending}
    </ErrorNote>
  );
}
