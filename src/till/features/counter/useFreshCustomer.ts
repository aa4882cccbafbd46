import { useEffect } from 'react';
import type { Till } from '../../till.ts';
import { useDesk } from '../app/context.tsx';
import type { ScreenStore } from '../screen/screen.ts';

/** While somebody is served, what a sync brings is shown (a card that was not known here gets its stamps). */
export function useFreshCustomer(): void {
  const { till, screen } = useDesk();
  useEffect(() => {
    let synced = till.status.get().lastSyncAt;
    return till.status.subscribe(() => {
      const now = till.status.get().lastSyncAt;
      if (now === synced) return;
      synced = now;
      void refresh(till, screen);
    });
  }, [till, screen]);
}

async function refresh(till: Till, screen: ScreenStore): Promise<void> {
  const { serving } = screen.getState();
  // Signed out, revoked or removed in this very moment: there is nobody left to serve.
  if (!serving || till.status.get().phase !== 'open') return;
  const fresh = await till.customer(serving.member, serving.credential);
  // Somebody else may have been scanned meanwhile, or this one recorded; then what is shown is newer.
  if (screen.getState().serving === serving) screen.setState({ serving: fresh });
}
