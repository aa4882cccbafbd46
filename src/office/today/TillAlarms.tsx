import { Link } from 'wouter';
import type { OfficeTill } from '../../protocol/office/officeApi.ts';
import { Icon } from '../../ui/Icon.tsx';
import { useOffice } from '../app/context.ts';
import { useLoad } from '../app/useLoad.ts';
import { useNow } from '../app/useNow.ts';
import { tillAlarms } from '../tills/tillFaces.ts';
import { useFaceHint, useFaceWords } from '../tills/FaceChip.tsx';
import styles from './TillAlarms.module.css';

const REFRESH_MS = 30_000;

/** Tills that somebody should look after today, with what can be done; nothing where all are well. */
export function TillAlarms() {
  const { text } = useOffice();
  const tills = useLoad<readonly OfficeTill[]>('tills', REFRESH_MS);
  const now = useNow(30_000);
  const words = useFaceWords();
  const hint = useFaceHint();
  const alarms = (tills.value ?? []).flatMap((till) =>
    tillAlarms(till, now, REGULARS_BUILD).map((face) => ({ till, face })),
  );
  if (alarms.length === 0) return null;
  return (
    <ul className={styles.alarms} data-test="till-alarms">
      {alarms.map(({ till, face }) => (
        <li key={`${till.id}/${face.kind}`} className={styles.alarm}>
          <Icon name="tablet" size={24} />
          <div className={styles.words}>
            <strong>
              {till.name}: {words(face, now)}
            </strong>
            <span>{hint(face)}</span>
          </div>
          <Link href="/tills" className={styles.link ?? ''}>
            {text.nav.tills}
          </Link>
        </li>
      ))}
    </ul>
  );
}
