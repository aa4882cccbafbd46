import { useEffect } from 'react';
import type { Language } from '../../../i18n/format.ts';
import { AppFrame } from '../../../ui/AppFrame.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Chip } from '../../../ui/Chip.tsx';
import { CameraView } from '../../scan/CameraView.tsx';
import { tillScanner } from '../../scan/scanner.ts';
import { useScanner, useScannerState } from '../../scan/useScanner.ts';
import { useDesk, useMessages, useObserved, useScreen, useShop } from '../app/context.tsx';
import { initialsOf } from '../app/initials.ts';
import { NotSavedFace } from '../faces/NotSavedFace.tsx';
import { RedemptionScreen } from '../redemption/RedemptionScreen.tsx';
import { Sheets } from '../sheets/Sheets.tsx';
import { StatusChips } from '../status/StatusChips.tsx';
import { TodayPage } from '../today/TodayPage.tsx';
import styles from './Counter.module.css';
import { codeName } from './codeName.ts';
import { Member } from './Member.tsx';
import { Notices } from './Notices.tsx';
import { Side } from './Side.tsx';
import { useAutoClear } from './useAutoClear.ts';
import { useFreshCustomer } from './useFreshCustomer.ts';
import { useTypedAmount } from './useTypedAmount.ts';

/**
 * The counter. It stays in place below sheets, the redemption and Today, because the camera goes on reading under all of
 * them: the next scan always wins.
 */
export function Counter({ onLanguage }: { readonly onLanguage: (language: Language) => void }) {
  const { act } = useDesk();
  const { scan } = useMessages();
  const serving = useScreen((screen) => screen.serving);
  const redemption = useScreen((screen) => screen.redemption);
  const page = useScreen((screen) => screen.page);
  const notSaved = useScreen((screen) => screen.notSaved);
  const crash = useScreen((screen) => screen.crash);
  useScanner({ onRead: act.scanned, keyOf: codeName });
  useEffect(() => tillScanner().start(), []);
  useAutoClear();
  useFreshCustomer();
  useTypedAmount();
  // To the boundary above, which says that what was confirmed is stored and offers to begin anew.
  if (crash) throw crash;

  return (
    <>
      <div inert={redemption !== null || notSaved !== null || page === 'today'}>
        <AppFrame fit="fill" title={<ShopName />} status={<StatusChips />} end={<Who />}>
          <div className={styles.counter} data-serving={serving !== null || undefined}>
            <div className={styles.camera}>
              <CameraView messages={scan} compact={serving !== null} />
              {serving === null && <OnCamera />}
            </div>
            <Side />
            {serving && <Member customer={serving} key={serving.member} />}
          </div>
        </AppFrame>
      </div>
      {page === 'today' && <TodayPage />}
      {redemption && <RedemptionScreen redemption={redemption} />}
      <Sheets onLanguage={onLanguage} />
      {notSaved && <NotSavedFace because={notSaved} />}
    </>
  );
}

/** On the big camera: what came of the last scan, or what to do, for whoever holds the card. */
function OnCamera() {
  const { camera } = useScannerState();
  const say = useMessages().till.counter;
  const told = useScreen((screen) => screen.notice !== null || screen.done?.kind === 'takenBack');
  if (told)
    return (
      <div className={styles.notice}>
        <Notices />
      </div>
    );
  if (camera.kind !== 'live') return null;
  return (
    <p className={styles.invitation}>
      <strong>{say.idleTitle}</strong>
      <span>{say.idleHelp}</span>
    </p>
  );
}

const ShopName = () => <>{useShop().business.name}</>;

function Who() {
  const { till, act } = useDesk();
  const staff = useObserved(till.status, (status) => status.staff);
  const shop = useShop();
  const say = useMessages().till.settings;
  return (
    <>
      <span className={styles.tillName}>
        <Chip>{shop.device.name}</Chip>
      </span>
      <Button
        className={styles.who}
        label={`${say.title}: ${staff?.name ?? ''}`}
        onPress={() => act.openSheet({ kind: 'settings' })}
        data-test="settings"
      >
        {initialsOf(staff?.name ?? '')}
      </Button>
    </>
  );
}
