import { useState } from 'react';
import type { OfficeBusiness, OfficeTill } from '../../protocol/office/officeApi.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { useOffice } from '../app/context.ts';
import { useNow } from '../app/useNow.ts';
import { PairTill } from './PairTill.tsx';
import styles from './Tills.module.css';

interface ReplaceTillProps {
  readonly till: OfficeTill;
  readonly business: OfficeBusiness;
  readonly onPaired: () => Promise<void>;
}

/** Before another tablet takes this one's place: what is known, what may be missing, and how it could still be had. */
export function ReplaceTill({ till, business, onPaired }: ReplaceTillProps) {
  const { text, format } = useOffice();
  const say = text.tills;
  const now = useNow(10_000);
  const [pairing, setPairing] = useState(false);
  if (pairing) return <PairTill business={business} count={0} replaces={till} onPaired={onPaired} />;
  const missing = till.unsent > 0;
  return (
    <div className={styles.replace}>
      <p>{say.replaceText}</p>
      <ul className={styles.known}>
        <li>
          <Icon name={missing ? 'alert' : 'check'} size={22} />
          {missing ? say.replaceMissing({ n: format.number(till.unsent) }) : say.replaceAll}
        </li>
        <li>
          <Icon name="clock" size={22} />
          {till.lastSeenAt === null
            ? say.replaceNever
            : say.replaceSince({ ago: format.ago(Math.max(0, now - till.lastSeenAt)) })}
        </li>
        <li>
          <Icon name="download" size={22} />
          {say.replaceFile}
        </li>
      </ul>
      <div>
        <Button kind="tint" size="l" icon="qr" onPress={() => setPairing(true)}>
          {say.replaceCode}
        </Button>
      </div>
    </div>
  );
}
