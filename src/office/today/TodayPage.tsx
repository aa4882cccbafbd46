import { useState } from 'react';
import type { OfficeBusiness, OfficeToday } from '../../protocol/office/officeApi.ts';
import { CURRENCIES } from '../../protocol/office/officeRules.ts';
import { Button } from '../../ui/Button.tsx';
import { useOffice } from '../app/context.ts';
import { Face, Loaded } from '../app/Faces.tsx';
import { Page, Section } from '../app/Page.tsx';
import { useLoad } from '../app/useLoad.ts';
import { ExceptionList } from './ExceptionList.tsx';
import { RecentDays } from './RecentDays.tsx';
import { RedemptionTable } from './RedemptionTable.tsx';
import { TillAlarms } from './TillAlarms.tsx';
import { Tiles } from './Tiles.tsx';
import { TillTable } from './TillTable.tsx';
import { Patterns } from './Patterns.tsx';
import styles from './Today.module.css';

const REFRESH_MS = 15_000;

/** One day of the shop, today unless another is chosen. */
export function TodayPage() {
  const { text, format } = useOffice();
  const [day, setDay] = useState<string | null>(null);
  const today = useLoad<OfficeToday>(day === null ? 'today' : `today?day=${day}`, REFRESH_MS);
  const current = useLoad<OfficeToday>('today');
  const business = useLoad<OfficeBusiness>('business');
  const shown = today.value?.day ?? day;
  const isToday = day === null || day === current.value?.day;
  const zone = business.value?.settings?.timeZone;
  const move = (by: number) => {
    if (!shown) return;
    const next = new Date(Date.parse(`${shown}T12:00:00Z`) + by * 86_400_000).toISOString().slice(0, 10);
    setDay(next === current.value?.day ? null : next);
  };
  return (
    <Page
      title={isToday ? text.today.title : format.longDay(shown ?? '')}
      lead={
        today.value && (
          <>
            {isToday && `${format.longDay(today.value.day)} · `}
            {text.today.asOf({ time: format.time(today.value.asOf, zone) })}
          </>
        )
      }
      actions={
        <>
          {!isToday && <Button onPress={() => setDay(null)}>{text.today.backToToday}</Button>}
          <Button icon="chevronLeft" label={text.today.previous} onPress={() => move(-1)} />
          <Button icon="chevronRight" label={text.today.next} isDisabled={isToday} onPress={() => move(1)} />
        </>
      }
    >
      <Loaded load={business}>
        {({ settings }) => (
          <Loaded load={today}>
            {(value) => {
              const currency = {
                currency: settings?.currency ?? 'EUR',
                scale: CURRENCIES[settings?.currency ?? 'EUR'] ?? 2,
              };
              const money = (amount: number) => format.money(amount, currency);
              const time = (at: number) => format.time(at, zone);
              const quiet = value.sales.count === 0 && value.redemptions.length === 0 && value.newMembers === 0;
              return (
                <>
                  {isToday && <TillAlarms />}
                  <Tiles today={value} money={money} />
                  <ExceptionList today={value} money={money} timeZone={zone} onChanged={() => void today.reload()} />
                  <Patterns day={isToday ? null : value.day} timeZone={zone} />
                  {quiet && isToday && <Face icon="cup" title={text.today.emptyTitle} body={text.today.empty} />}
                  <Section title={text.today.recentTitle}>
                    <RecentDays days={value.recentDays} shown={value.day} onChoose={setDay} />
                  </Section>
                  <div className={styles.two}>
                    <Section title={text.today.redemptionsTitle}>
                      <RedemptionTable redemptions={value.redemptions} money={money} time={time} />
                    </Section>
                    <Section title={text.today.tillsTitle}>
                      <TillTable tills={value.tills} asOf={value.asOf} />
                    </Section>
                  </div>
                </>
              );
            }}
          </Loaded>
        )}
      </Loaded>
    </Page>
  );
}
