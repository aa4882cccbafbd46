import type { ManagerReason } from '../../../loyalty/decision.ts';
import type { Recording, RecordOptions } from '../../till.ts';
import type { ScreenStore } from './screen.ts';

type Stored = Extract<Recording, { ok: true }>;

/** A manager must say why for what changes what was already recorded. */
const WITH_REASON: ReadonlySet<ManagerReason> = new Set(['lateVoid', 'foreignVoid', 'adjustment']);

/**
 * Shows what came of an attempt to record. Gives what was stored, or null after a refusal, which the screen then shows
 * together with what can be done about it; `retry` is run with what was missing (a manager's PIN, a reason, "new
 * purchase").
 */
export const settleRecording =
  (screen: ScreenStore) =>
  (outcome: Recording, retry: (options: RecordOptions) => void): Stored | null => {
    if (outcome.ok) return outcome;
    const { refusal } = outcome;
    const askManager = (because: ManagerReason | null, needsReason: boolean, ownWord: number | null): void =>
      screen.setState({ sheet: { kind: 'manager', because, ownWord, needsReason, resume: retry }, keypad: false });
    switch (refusal.kind) {
      case 'notSaved':
        screen.setState({ notSaved: refusal.because, sheet: null });
        return null;
      case 'managerNeeded':
        askManager(refusal.because, WITH_REASON.has(refusal.because), refusal.ownWord ?? null);
        return null;
      case 'reasonNeeded':
        askManager(null, true, null);
        return null;
      case 'cooldown':
        screen.setState({
          page: 'counter',
          sheet: null,
          notice: { kind: 'refusal', refusal, retry: () => retry({ secondPurchase: true }) },
        });
        return null;
      default:
        // Shown at the counter, also where Today lies over it.
        screen.setState({ page: 'counter', sheet: null, notice: { kind: 'refusal', refusal, retry: null } });
        return null;
    }
  };
