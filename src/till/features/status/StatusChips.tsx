import { Chip } from '../../../ui/Chip.tsx';
import { useFormat, useShared } from '../../../ui/language.tsx';
import { useDesk, useMessages, useObserved, useScreen, useShop } from '../app/context.tsx';
import { isBusy } from '../screen/screen.ts';
import { useToday } from '../today/useToday.ts';
import { Connection } from './Connection.tsx';
import { MustPair } from './MustPair.tsx';
import styles from './StatusChips.module.css';

const SKEW_WARN_MS = 120_000;

/** On top of the counter: how things are, in words. Each chip is there only while it has something to say. */
export function StatusChips() {
  const { till, updates, screen, act } = useDesk();
  const status = useObserved(till.status, (value) => value);
  const updateReady = useObserved(updates.ready, (value) => value);
  const serving = useScreen((now) => now.serving !== null);
  const shop = useShop();
  const { status: say } = useMessages().till;
  const shared = useShared();
  const format = useFormat();
  const { bootstrap, skew, storage } = status;
  const full = storage && storage.quota > 0 ? storage.used / storage.quota : 0;
  const settings = () => act.openSheet({ kind: 'settings' });
  return (
    <>
      <Connection />
      <MustPair canOpen />
      {bootstrap && (
        <Chip icon="download">
          {bootstrap.total > 0
            ? say.loading({ done: format.number(bootstrap.done), total: format.number(bootstrap.total) })
            : say.loadingSome}
        </Chip>
      )}
      <span className={styles.spare} data-serving={serving || undefined}>
        {shop.business.demo && (
          <span className={styles.demo}>
            <Chip>{shared.demo}</Chip>
          </span>
        )}
        <TodayChip />
      </span>
      {skew !== null && Math.abs(skew) > SKEW_WARN_MS && (
        <Chip tone="warn" icon="clock" onPress={settings}>
          {say.clock({ age: format.duration(Math.abs(skew)) })}
        </Chip>
      )}
      {full > 0.85 && (
        <Chip tone="warn" icon="alert" onPress={settings}>
          {say.storageFull({ percent: format.percent(storage?.used ?? 0, storage?.quota ?? 0) })}
        </Chip>
      )}
      {status.persisted === false && !serving && (
        <Chip tone="warn" icon="shield" onPress={settings}>
          {say.notPersistent}
        </Chip>
      )}
      {(updateReady || status.upgradeNeeded) && !serving && (
        <Chip
          tone={status.upgradeNeeded ? 'warn' : 'good'}
          icon="download"
          onPress={() => {
            if (!isBusy(screen.getState())) updates.apply();
          }}
        >
          {status.upgradeNeeded ? say.upgradeNeeded : say.updateReady}
        </Chip>
      )}
    </>
  );
}

function TodayChip() {
  const { screen } = useDesk();
  const today = useToday();
  const say = useMessages().till.status;
  const shared = useShared();
  const format = useFormat();
  if (!today) return null;
  const given = today.redemptions.filter((line) => !line.undone).length;
  return (
    <Chip onPress={() => screen.setState({ page: 'today' })} data-test="today">
      {say.today({
        stamps: shared.stamps({ n: format.number(today.stamps) }),
        rewards: say.rewards({ n: format.number(given) }),
      })}
    </Chip>
  );
}
