import { Button } from '../../../ui/Button.tsx';
import { classes } from '../../../ui/classes.ts';
import { useDesk, useMessages, useScreen } from '../app/context.tsx';
import { useWide } from '../app/useWide.ts';
import { Keypad } from './Keypad.tsx';
import { NoCard } from './NoCard.tsx';
import { Recent } from './Recent.tsx';
import styles from './Side.module.css';

/** Beside the camera: the other ways to find somebody, and who was served last. */
export function Side() {
  const { act } = useDesk();
  const say = useMessages().till.counter;
  const serving = useScreen((screen) => screen.serving !== null);
  const keypad = useScreen((screen) => screen.keypad);
  const wide = useWide();
  if (keypad && (wide || !serving))
    return (
      <div className={styles.side}>
        {!serving && <NoCard />}
        <Keypad />
      </div>
    );
  return (
    <div className={styles.side} data-serving={serving || undefined}>
      <div className={styles.ways}>
        <Button size="l" icon="phone" className={styles.way} onPress={() => act.openSheet({ kind: 'phone' })}>
          {say.phone}
        </Button>
        <Button size="l" icon="keyboard" className={styles.way} onPress={() => act.openSheet({ kind: 'code' })}>
          {say.code}
        </Button>
        <Button
          size="l"
          icon="userPlus"
          className={styles.way}
          onPress={() => act.openSheet({ kind: 'enroll', phone: '' })}
        >
          {say.newMember}
        </Button>
        {/* Where the strip below has no room while somebody is served, it opens as a sheet. */}
        {serving && !wide && (
          <Button
            size="l"
            icon="undo"
            className={classes(styles.way, styles.last)}
            onPress={() => act.openSheet({ kind: 'recent' })}
            data-test="recent"
          >
            {say.recent}
          </Button>
        )}
      </div>
      <Recent />
      {!serving && <NoCard />}
    </div>
  );
}
