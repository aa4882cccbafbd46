import { useEffect, useRef, useState } from 'react';
import type { OfficeBusiness, OfficeTill, PairingCode } from '../../protocol/office/officeApi.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { QrCode } from '../../ui/QrCode.tsx';
import { Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { ask } from '../app/api.ts';
import { useOffice } from '../app/context.ts';
import { ProblemLine } from '../app/Faces.tsx';
import { useSave } from '../app/useSave.ts';
import { useNow } from '../app/useNow.ts';
import styles from './PairTill.module.css';

interface PairTillProps {
  readonly business: OfficeBusiness;
  /** Tills so far, for the name of the next one. */
  readonly count: number;
  /** The till in whose place the new one stands: its name and shop are taken, and the code is asked for at once. */
  readonly replaces?: OfficeTill;
  readonly onPaired: () => Promise<void>;
}

/** Gives a tablet its identity: name it, show the code, see it arrive. */
export function PairTill({ business, count, replaces, onPaired }: PairTillProps) {
  const { text } = useOffice();
  const [name, setName] = useState(() => replaces?.name ?? text.tills.defaultName({ n: count + 1 }));
  const [location, setLocation] = useState(replaces?.location ?? business.locations[0]?.id ?? '');
  const [code, setCode] = useState<(PairingCode & { readonly before: ReadonlySet<string> }) | null>(null);
  const [paired, setPaired] = useState<string | null>(null);
  const save = useSave();
  const show = async () => {
    const before = await save.run(() => ask<readonly OfficeTill[]>('GET', 'tills'));
    if (!before) return;
    const body = { name, location, ...(replaces ? { replaces: replaces.id } : {}) };
    const made = await save.run(() => ask<PairingCode>('POST', 'tills/pairing', body));
    if (made) setCode({ ...made, before: new Set(before.map((one) => one.id)) });
  };

  const asks = useRef(replaces !== undefined);
  useEffect(() => {
    if (!asks.current) return;
    asks.current = false;
    void show();
  });

  if (paired !== null) {
    return (
      <div className={styles.paired} role="status">
        <span className={styles.tick}>
          <Icon name="check" size={44} />
        </span>
        <h3>{text.tills.paired({ name: paired })}</h3>
        <p>{text.tills.pairedHint}</p>
        {!replaces && (
          <Button
            onPress={() => {
              setPaired(null);
              setCode(null);
              setName(text.tills.defaultName({ n: count + 1 }));
            }}
          >
            {text.tills.pairAnother}
          </Button>
        )}
      </div>
    );
  }
  if (code) {
    return (
      <Code
        code={code}
        tillUrl={business.tillUrl}
        onNew={() => void show()}
        onPaired={async (device) => {
          setPaired(device);
          await onPaired();
        }}
      />
    );
  }
  if (replaces) return <ProblemLine problem={save.problem} />;
  return (
    <div className={styles.form}>
      {!isSecure(business.tillUrl) && <p className={styles.warn}>{text.tills.needsHttps}</p>}
      <TextField label={text.tills.name} value={name} onChange={setName} maxLength={80} />
      {business.locations.length > 1 && (
        <Select
          label={text.tills.location}
          value={location}
          onChange={setLocation}
          options={business.locations.map((one) => ({ value: one.id, label: one.name }))}
        />
      )}
      <ProblemLine problem={save.problem} />
      <div>
        <Button
          kind="tint"
          size="l"
          icon="qr"
          isBusy={save.busy}
          isDisabled={name.trim() === '' || location === ''}
          onPress={() => void show()}
        >
          {text.tills.getCode}
        </Button>
      </div>
    </div>
  );
}

interface CodeProps {
  readonly code: PairingCode & { readonly before: ReadonlySet<string> };
  readonly tillUrl: string;
  readonly onNew: () => void;
  readonly onPaired: (name: string) => Promise<void>;
}

const POLL_MS = 2000;

function Code({ code, tillUrl, onNew, onPaired }: CodeProps) {
  const { text, format } = useOffice();
  const now = useNow(1000);
  const left = code.expiresAt - now;
  const expired = left <= 0;

  useEffect(() => {
    if (expired) return;
    const look = async () => {
      const answer = await ask<readonly OfficeTill[]>('GET', 'tills');
      const arrived = answer.ok ? answer.value.find((one) => !code.before.has(one.id)) : undefined;
      if (arrived) await onPaired(arrived.name);
    };
    const timer = setInterval(() => void look(), POLL_MS);
    return () => clearInterval(timer);
  }, [code, expired, onPaired]);

  if (expired) {
    return (
      <div className={styles.form}>
        <p>{text.tills.expired}</p>
        <div>
          <Button kind="tint" size="l" icon="qr" onPress={onNew}>
            {text.tills.newCode}
          </Button>
        </div>
      </div>
    );
  }
  return (
    <div className={styles.code}>
      <div className={styles.qr}>
        <QrCode text={code.url} size={240} label={text.tills.step1} />
      </div>
      <div className={styles.words}>
        <p>{text.tills.step1}</p>
        <p>{text.tills.step2({ url: tillUrl.replace(/^https?:\/\//, '') })}</p>
        <p className={styles.typed} data-test="pairing-code">
          {code.code}
        </p>
        <p className={styles.waiting} role="status">
          <Icon name="sync" size={20} />
          {text.tills.waiting}
        </p>
        <p className={styles.left}>{text.tills.expires({ time: format.countdown(left) })}</p>
      </div>
    </div>
  );
}

/** A browser gives the camera to HTTPS and to its own machine. */
function isSecure(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || hostname === 'localhost' || hostname === '127.0.0.1';
}
