import type { OfficeMessages } from '../../i18n/en/office.ts';
import { createFormat } from '../../i18n/format.ts';
import type { Problem } from './api.ts';

/** The sentence for what went wrong with a change. */
export function problemText(problem: Problem, text: OfficeMessages, pinDigits = 4): string {
  const { errors } = text;
  switch (problem.kind) {
    case 'offline':
      return errors.notSavedOffline;
    case 'failed':
      return errors.notSaved;
    case 'signedOut':
      return errors.signedOut;
    case 'setupLink':
      return errors.setupLink;
    case 'setupDone':
      return errors.setupDone;
    case 'wrongLogin':
      return errors.wrongLogin;
    case 'wait':
      return errors.wait({ time: createFormat('en').countdown(problem.seconds * 1000) });
    case 'pin':
      if (problem.problem === 'length') return errors.pinLength({ digits: pinDigits });
      return problem.problem === 'taken' ? errors.pinTaken : errors.pinObvious;
    case 'lastOwner':
      return errors.lastOwner;
    case 'programChanged':
      return errors.programChanged;
    case 'programInvalid':
      return errors.programInvalid;
    case 'noCodeYet':
      return text.tills.code.none;
    case 'currencyFixed':
      return errors.currencyFixed;
    case 'journal':
      return text.tills.fileProblems[problem.problem];
    case 'notFound':
      return errors.notFound;
  }
}
