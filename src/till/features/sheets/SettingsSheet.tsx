import { useState, type ReactNode } from 'react';
import type { TillMessages } from '../../../i18n/en/till.ts';
import { languages, type Language } from '../../../i18n/format.ts';
import { Button } from '../../../ui/Button.tsx';
import { useFormat, useLanguage, useShared } from '../../../ui/language.tsx';
import { useScannerState } from '../../scan/useScanner.ts';
import { useDesk, useMessages, useObserved, useShop } from '../app/context.tsx';
import { SafeToSwitchOff } from '../status/SafeToSwitchOff.tsx';
import { useNow } from '../app/useNow.ts';
import styles from './Sheets.module.css';
import { TillSheet } from './TillSheet.tsx';

const NAMES: Readonly<Record<Language, string>> = { en: 'English', hu: 'Magyar' };
const SKEW_WARN_MS = 120_000;

/** Who is signed in, and how this till is: the truth behind the chips, each with what can be done. */
export function SettingsSheet({
  onClose,
  onLanguage,
}: {
  readonly onClose: () => void;
  readonly onLanguage: (language: Language) => void;
}) {
  const { till, updates, screen } = useDesk();
  const { device } = useShop();
  const status = useObserved(till.status, (value) => value);
  const updateReady = useObserved(updates.ready, (value) => value);
  const { scanner, camera } = useScannerState();
  const { settings: say } = useMessages().till;
  const shared = useShared();
  const format = useFormat();
  const language = useLanguage();
  const now = useNow(10_000);
  const [muted, setMuted] = useState(scanner.feedback.muted);
  const skew = Math.abs(status.skew ?? 0);

  return (
    <TillSheet
      title={status.staff?.name ?? say.title}
      onClose={onClose}
      data-test="settings-sheet"
      footer={
        <div className={styles.stack}>
          <Button
            size="l"
            icon="signOut"
            onPress={() => {
              screen.setState({ sheet: null });
              till.signOut();
            }}
            data-test="sign-out"
          >
            {say.signOut}
          </Button>
        </div>
      }
    >
      <div className={styles.safety}>
        <SafeToSwitchOff />
      </div>
      <dl className={styles.rows}>
        <Row name={say.sound}>
          <Button
            icon={muted ? 'soundOff' : 'sound'}
            aria-pressed={!muted}
            onPress={() => {
              scanner.feedback.mute(!muted);
              setMuted(!muted);
            }}
          >
            {muted ? say.soundOff : say.soundOn}
          </Button>
        </Row>
        <Row name={shared.language}>
          {languages.map((one) => (
            <Button key={one} kind={one === language ? 'tint' : 'quiet'} onPress={() => onLanguage(one)}>
              {NAMES[one]}
            </Button>
          ))}
        </Row>
        {camera.kind === 'live' && camera.canSwitch && (
          <Row name={say.camera}>
            <Button icon="flip" onPress={() => void scanner.camera.switchCamera()}>
              {say.switchCamera}
            </Button>
          </Row>
        )}
        <Row
          name={say.sync}
          note={[
            status.lastSyncAt === null ? say.neverSynced : say.lastSync({ ago: format.ago(now - status.lastSyncAt) }),
            status.lastError && failureText(say.failed, status.lastError),
          ]
            .filter(Boolean)
            .join('; ')}
        >
          <Button icon="sync" onPress={till.syncNow}>
            {say.syncNow}
          </Button>
        </Row>
        <Row
          name={say.storage}
          note={[
            status.persisted === null ? say.persistUnknown : status.persisted ? say.persisted : say.notPersisted,
            status.storage && say.used({ percent: format.percent(status.storage.used, status.storage.quota) }),
          ]
            .filter(Boolean)
            .join('. ')}
        />
        <Row
          name={say.clock}
          note={
            status.skew === null
              ? say.clockUnknown
              : skew > SKEW_WARN_MS
                ? say.clockOff({ age: format.duration(skew) })
                : say.clockOk
          }
        />
        <Row name={say.version} note={status.build}>
          {updateReady && (
            <Button kind="tint" icon="download" onPress={updates.apply}>
              {say.update}
            </Button>
          )}
        </Row>
        <Row name={`${say.title}: ${device.name}`} note={say.unpairNote}>
          <Button onPress={() => screen.setState({ sheet: { kind: 'unpair' } })} data-test="unpair">
            {say.unpair}
          </Button>
        </Row>
      </dl>
      <p className={styles.small}>{say.wakeLock}</p>
    </TillSheet>
  );
}

/** Why the last round ended; what the server refused keeps its own name, for whoever is rung about it. */
function failureText(say: TillMessages['settings']['failed'], error: string): string {
  if (error === 'network') return say.network;
  return error === 'timeout' ? say.slow : say.other({ error });
}

function Row({
  name,
  note,
  children,
}: {
  readonly name: string;
  readonly note?: string;
  readonly children?: ReactNode;
}) {
  return (
    <div className={styles.row}>
      <dt>
        <strong>{name}</strong>
        {note && <span className={styles.note}>{note}</span>}
      </dt>
      {children && <dd>{children}</dd>}
    </div>
  );
}
