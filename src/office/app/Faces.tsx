import type { ReactNode } from 'react';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import type { IconName } from '../../ui/iconPaths.ts';
import type { Problem } from './api.ts';
import { useOffice } from './context.ts';
import { problemText } from './problemText.ts';
import type { Load } from './useLoad.ts';
import styles from './Faces.module.css';

/** A screen's content, or the face of what keeps it from being there. */
export function Loaded<T>({ load, children }: { readonly load: Load<T>; readonly children: (value: T) => ReactNode }) {
  const { text } = useOffice();
  const { value, problem } = load;
  if (value === null && problem === null) {
    return (
      <div className={styles.loading} role="status" aria-label={text.common.loading}>
        <span />
        <span />
        <span />
      </div>
    );
  }
  if (value === null) {
    const offline = problem?.kind === 'offline';
    return (
      <Face
        icon={offline ? 'wifiOff' : 'alert'}
        title={offline ? text.errors.offlineTitle : text.errors.failedTitle}
        body={offline ? text.errors.offline : text.errors.failed}
        action={<Button onPress={() => void load.reload()}>{text.common.retry}</Button>}
      />
    );
  }
  return (
    <>
      {problem && (
        <div className={styles.stale} role="status">
          <Icon name={problem.kind === 'offline' ? 'wifiOff' : 'alert'} size={20} />
          <span>{problem.kind === 'offline' ? text.errors.offlineTitle : text.errors.failedTitle}</span>
          <Button kind="plain" onPress={() => void load.reload()}>
            {text.common.retry}
          </Button>
        </div>
      )}
      {children(value)}
    </>
  );
}

interface FaceProps {
  readonly icon: IconName;
  readonly title: string;
  readonly body?: string;
  readonly action?: ReactNode;
}

/** A calm page for "nothing here yet" and "not now". */
export function Face({ icon, title, body, action }: FaceProps) {
  return (
    <div className={styles.face}>
      <span className={styles.picture}>
        <Icon name={icon} size={36} />
      </span>
      <h2>{title}</h2>
      {body && <p>{body}</p>}
      {action}
    </div>
  );
}

/** What a change was refused for, beside its button. */
export function ProblemLine({ problem, pinDigits }: { readonly problem: Problem | null; readonly pinDigits?: number }) {
  const { text } = useOffice();
  if (!problem) return null;
  return (
    <p className={styles.problem} role="alert">
      <Icon name="alert" size={20} />
      {problemText(problem, text, pinDigits)}
    </p>
  );
}

/** "Saved", said where it happened. */
export function DoneLine({ children }: { readonly children: ReactNode }) {
  return (
    <p className={styles.done} role="status">
      <Icon name="check" size={20} />
      {children}
    </p>
  );
}
