import { useState } from 'react';
import { dayOf } from '../../../protocol/day.ts';
import { AppFrame } from '../../../ui/AppFrame.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Chip } from '../../../ui/Chip.tsx';
import { Spinner } from '../../../ui/Spinner.tsx';
import { useFormat, useShared } from '../../../ui/language.tsx';
import type { Today } from '../../till.ts';
import { useDesk, useMessages, useShop, useShopWords } from '../app/context.tsx';
import { useNow } from '../app/useNow.ts';
import { Connection } from '../status/Connection.tsx';
import { Exceptions } from './Exceptions.tsx';
import { LatestSales } from './LatestSales.tsx';
import { Redemptions } from './Redemptions.tsx';
import { Tills } from './Tills.tsx';
import styles from './Today.module.css';
import { dayBefore } from './dayBefore.ts';
import { useToday } from './useToday.ts';

/** What happened today at all tills, as far as this one knows, and how fresh that is. */
export function TodayPage() {
  const { screen } = useDesk();
  const { business } = useShop();
  const messages = useMessages().till;
  const say = messages.today;
  const format = useFormat();
  const shared = useShared();
  const now = useNow(20_000);
  const current = dayOf(now, business.timeZone, business.cutOverHour);
  const [day, setDay] = useState<string | null>(null);
  const today = useToday(day);
  const shown = day ?? current;
  const back = () => screen.setState({ page: 'counter' });

  return (
    <div
      className={styles.page}
      role="dialog"
      aria-modal="true"
      aria-label={say.title}
      data-test="today-page"
      onKeyDown={(event) => {
        if (event.key === 'Escape') back();
      }}
    >
      <AppFrame
        fit="fill"
        title={
          <span className={styles.title}>
            <Button icon="chevronLeft" label={say.back} onPress={back} autoFocus data-test="today-back" />
            {day === null ? say.title : format.longDay(day)}
          </span>
        }
        status={<Connection />}
        end={
          <>
            <Button icon="chevronLeft" label={say.previous} onPress={() => setDay(dayBefore(shown, 1))} />
            <Button
              icon="chevronRight"
              label={say.next}
              isDisabled={day === null}
              onPress={() => {
                const next = dayBefore(shown, -1);
                setDay(next >= current ? null : next);
              }}
            />
          </>
        }
      >
        {today ? (
          <div className={styles.scroll}>
            <p className={styles.fresh}>
              <Chip size="s" icon="clock">
                {today.asOf === null ? say.neverFresh : say.fresh({ ago: format.ago(now - today.asOf) })}
              </Chip>
              <Chip size="s" tone={today.unsent > 0 ? 'warn' : 'good'} icon={today.unsent > 0 ? 'sync' : 'check'}>
                {today.unsent > 0
                  ? say.unsent({
                      n: format.number(today.unsent),
                      age: format.age(now - (today.oldestUnsentAt ?? now)),
                    })
                  : say.allSent}
              </Chip>
            </p>
            <Figures today={today} />
            <div className={styles.columns}>
              <div className={styles.column}>
                <Redemptions today={today} />
                <LatestSales today={today} />
              </div>
              <div className={styles.column}>
                <Exceptions today={today} />
                <Tills today={today} />
              </div>
            </div>
          </div>
        ) : (
          <Spinner label={shared.loading} />
        )}
      </AppFrame>
    </div>
  );
}

function Figures({ today }: { readonly today: Today }) {
  const say = useMessages().till.today;
  const format = useFormat();
  const { money } = useShopWords();
  const figures: readonly (readonly [string, string, string?])[] = [
    [say.redemptions, format.number(today.redemptions.filter((line) => !line.undone).length)],
    [say.stamps, format.number(today.stamps)],
    [say.points, format.number(today.points)],
    [say.sales, format.number(today.sales.count), money(today.sales.total)],
    [say.newMembers, format.number(today.newMembers)],
  ];
  return (
    <dl className={styles.figures}>
      {figures.map(([name, value, more]) => (
        <div key={name} className={styles.figure}>
          <dt>{name}</dt>
          <dd className="tabular">{value}</dd>
          {more && <dd className={styles.more}>{more}</dd>}
        </div>
      ))}
    </dl>
  );
}
