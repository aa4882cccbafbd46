import { useState } from 'react';
import type { SetupProgress } from '../../protocol/office/officeApi.ts';
import { Button } from '../../ui/Button.tsx';
import { classes } from '../../ui/classes.ts';
import { Icon } from '../../ui/Icon.tsx';
import { ask } from '../app/api.ts';
import { useOffice } from '../app/context.ts';
import { LanguageSwitch } from '../app/LanguageSwitch.tsx';
import { BusinessStep } from './BusinessStep.tsx';
import { PosterStep } from './PosterStep.tsx';
import { ProgramStep } from './ProgramStep.tsx';
import { StaffStep } from './StaffStep.tsx';
import { TillStep } from './TillStep.tsx';
import styles from './Setup.module.css';

const STEPS = ['owner', 'business', 'program', 'staff', 'till', 'poster'] as const;
type Step = (typeof STEPS)[number];

/** The first set-up after the account: each step is stored as it is done, so that one can leave and come back. */
export function Setup({ progress }: { readonly progress: SetupProgress }) {
  const { text, refresh } = useOffice();
  const [step, setStep] = useState<Step>(() => firstOpen(progress));
  const done = (one: Step) => one === 'owner' || (one !== 'poster' && progress[one]);
  const reachable = (one: Step) =>
    one !== 'owner' &&
    (one === 'business' || progress.business) &&
    !(one !== 'business' && one !== 'program' && !progress.program);
  const next = async () => {
    const following = STEPS[STEPS.indexOf(step) + 1];
    await refresh();
    if (following) setStep(following);
    scrollTo({ top: 0 });
  };
  const finish = async () => {
    await ask('POST', 'setup/finish', {});
    await refresh();
  };
  return (
    <div className={styles.setup}>
      <header className={styles.side}>
        <h1 className={styles.brand}>{text.setup.title}</h1>
        <p className={styles.progress}>{text.setup.progress({ n: STEPS.indexOf(step) + 1, of: STEPS.length })}</p>
        <ol className={styles.steps}>
          {STEPS.map((one, at) => (
            <li key={one}>
              <button
                type="button"
                className={classes(styles.step, one === step && styles.here)}
                disabled={!reachable(one)}
                {...(one === step ? { 'aria-current': 'step' } : {})}
                onClick={() => setStep(one)}
              >
                <span className={classes(styles.mark, done(one) && styles.done)}>
                  {done(one) ? <Icon name="check" size={18} /> : at + 1}
                </span>
                {text.setup.steps[one]}
              </button>
            </li>
          ))}
        </ol>
        <p className={styles.later}>{text.setup.later}</p>
        <div className={styles.foot}>
          <LanguageSwitch />
          <Button
            kind="plain"
            icon="signOut"
            onPress={() => {
              void ask('POST', 'sign-out', {}).then(refresh);
            }}
          >
            {text.common.signOut}
          </Button>
        </div>
      </header>
      <main className={styles.main}>
        {step === 'business' && <BusinessStep onDone={next} />}
        {step === 'program' && <ProgramStep onDone={next} />}
        {step === 'staff' && <StaffStep onDone={next} />}
        {step === 'till' && <TillStep onDone={next} />}
        {step === 'poster' && <PosterStep onDone={finish} />}
      </main>
    </div>
  );
}

function firstOpen(progress: SetupProgress): Step {
  if (!progress.business) return 'business';
  if (!progress.program) return 'program';
  if (!progress.staff) return 'staff';
  return progress.till ? 'poster' : 'till';
}
