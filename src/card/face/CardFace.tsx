import { useMemo, useState } from 'react';
import { view as viewOf } from '../../loyalty/view.ts';
import { dayOf } from '../../protocol/day.ts';
import { Button } from '../../ui/Button.tsx';
import { Chip } from '../../ui/Chip.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { Menu } from '../menu/Menu.tsx';
import { usePhone } from '../phone/phone.ts';
import type { Kept } from '../phone/storage.ts';
import { VoucherButton } from '../voucher/VoucherButton.tsx';
import { VoucherSheet } from '../voucher/VoucherSheet.tsx';
import { useWords } from '../words.ts';
import { AccentCard } from './AccentCard.tsx';
import { freshnessOf } from './freshness.ts';
import { Header } from './Header.tsx';
import { History } from './History.tsx';
import { Landing } from './Landing.tsx';
import { Rewards } from './Rewards.tsx';
import { StampCards } from './StampCards.tsx';
import { useNow } from './useNow.ts';
import { Waiting } from './Waiting.tsx';
import styles from './CardFace.module.css';

export interface CardFaceProps {
  readonly kept: Kept;
  /** Set where the server does not know this phone any more: the code still works, but nothing new is seen. */
  readonly onRecover: (() => void) | null;
}

/** The customer's card, from what the phone keeps: the same online and offline. */
export function CardFace({ kept, onRecover }: CardFaceProps) {
  const { card, offset } = kept;
  const { business, program, state, profile } = card;
  const landed = usePhone((phone) => phone.landed);
  const reached = usePhone((phone) => phone.reached);
  const words = useWords(card);
  const { messages } = words;
  const [menu, setMenu] = useState(false);
  const now = useNow(15_000);
  const today = dayOf(now + offset, business.timeZone, business.cutOverHour);
  const view = useMemo(() => {
    const dates = { birthday: profile?.birthday ?? null, nameDay: profile?.nameDay ?? null, leapDay: '02-28' } as const;
    // Surprises are drawn at the till; the card does not have the secret and needs none.
    return viewOf({ ...program, secret: '' }, state, dates, today);
  }, [program, state, profile, today]);
  const waiting = view.available.filter((reward) => reward.cost === null);
  const name = profile?.callName || profile?.name;
  const points = view.balances.find((balance) => balance.kind === 'points');
  return (
    <main className={styles.page}>
      <Header business={business} menu={{ label: messages.menu, open: () => setMenu(true) }}>
        {name && <>{messages.hello({ name })} · </>}
        {freshnessOf(messages.fresh, now - kept.checkedAt, reached)}
      </Header>
      {business.demo && (
        <Chip tone="warn" size="s" icon="info">
          {messages.demo}
        </Chip>
      )}
      <AccentCard
        kept={kept}
        view={view}
        today={today}
        glowing={points !== undefined && landed.units[points.unit] !== undefined}
      />
      {onRecover && (
        <ErrorNote
          tone="warn"
          title={messages.blocked.elsewhereTitle}
          action={<Button onPress={onRecover}>{messages.recover.title}</Button>}
        >
          {messages.blocked.elsewhere}
        </ErrorNote>
      )}
      {waiting.length > 0 && <Waiting card={card} rewards={waiting} />}
      <StampCards card={card} balances={view.balances} landed={landed} />
      <Rewards card={card} view={view} />
      <VoucherButton card={card} view={view} />
      <History card={card} />
      <VoucherSheet card={card} view={view} offset={offset} />
      <Landing card={card} landed={landed} />
      <Menu kept={kept} isOpen={menu} onClose={() => setMenu(false)} />
    </main>
  );
}
