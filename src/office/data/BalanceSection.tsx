import { useState } from 'react';
import type { BalanceCheck, OfficeBusiness } from '../../protocol/office/officeApi.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { useOffice } from '../app/context.ts';
import { ProblemLine } from '../app/Faces.tsx';
import type { Problem } from '../app/api.ts';
import { Section } from '../app/Page.tsx';
import { useLoad } from '../app/useLoad.ts';
import { checkBalances } from './checkBalances.ts';
import styles from './Data.module.css';

/** Works every balance out again from the ledger, and says that the difference is zero; or where it is not. */
export function BalanceSection() {
  const { text, format } = useOffice();
  const say = text.data.balances;
  const last = useLoad<BalanceCheck | null>('balances');
  const [fresh, setFresh] = useState<BalanceCheck | null>(null);
  const [progress, setProgress] = useState<{ readonly done: number; readonly of: number } | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const check = fresh ?? last.value;
  const run = async (repair: boolean) => {
    setProblem(null);
    setProgress({ done: 0, of: 0 });
    const answer = await checkBalances(repair, setProgress);
    setProgress(null);
    if (answer.ok) setFresh(answer.value);
    else setProblem(answer.problem);
  };
  const n = format.number;
  return (
    <Section title={say.title}>
      <p className={styles.about}>{say.about}</p>
      {progress && (
        <div className={styles.progress} role="status">
          <progress value={progress.done} max={progress.of || 1} aria-label={say.working} />
          <span>{say.progress({ done: n(progress.done), of: n(progress.of) })}</span>
        </div>
      )}
      {check && !progress && <Result check={check} />}
      <ProblemLine problem={problem} />
      <div className={styles.buttons}>
        <Button isBusy={progress !== null} onPress={() => void run(false)} data-test="check-balances">
          {say.run}
        </Button>
        {check && isOff(check) && progress === null && (
          <Button kind="danger" onPress={() => void run(true)}>
            {say.repair}
          </Button>
        )}
      </div>
    </Section>
  );
}

/** Something differs that has not been mended. */
function isOff({ differing, repaired, shares }: BalanceCheck): boolean {
  return differing > repaired || (shares !== undefined && shares.differing > shares.repaired);
}

function Result({ check }: { readonly check: BalanceCheck }) {
  const { text, format } = useOffice();
  const say = text.data.balances;
  const business = useLoad<OfficeBusiness>('business');
  const n = format.number;
  const { shares } = check;
  const isFine = check.differing === 0 && check.fault === null && (shares?.differing ?? 0) === 0;
  return (
    <div className={styles.result} data-test="balance-result">
      <p className={isFine ? styles.fine : styles.wrong}>
        <Icon name={isFine ? 'check' : 'alert'} size={22} />
        <strong>{isFine ? say.fine : say.wrong}</strong>
      </p>
      <p>
        {say.counts({
          members: n(check.members),
          entries: n(check.entries),
          seconds: n(Math.max(1, Math.ceil(check.seconds))),
          time: format.dateTime(check.at, business.value?.settings?.timeZone),
        })}
      </p>
      {check.fault && <p>{say.faults[check.fault.fault]({ n: n(check.fault.gseq) })}</p>}
      {check.differing > 0 && (
        <>
          <p>{check.repaired > 0 ? say.repaired({ n: n(check.repaired) }) : say.differing({ n: n(check.differing) })}</p>
          <ul className={styles.ids}>
            {check.listed.map((member) => (
              <li key={member}>{member}</li>
            ))}
          </ul>
        </>
      )}
      {shares && shares.differing > 0 && (
        <>
          <p>
            {shares.repaired > 0 ? say.sharesRepaired({ n: n(shares.repaired) }) : say.shares({ n: n(shares.differing) })}
          </p>
          <ul className={styles.ids}>
            {shares.listed.map((pool) => (
              <li key={pool}>{pool}</li>
            ))}
          </ul>
        </>
      )}
      <p className={styles.chain}>
        {say.chain} <code>{check.chain}</code>
      </p>
    </div>
  );
}
