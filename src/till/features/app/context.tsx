import { createContext, useContext, useSyncExternalStore, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { textIn } from '../../../i18n/format.ts';
import type { TillMessages } from '../../../i18n/en/till.ts';
import type { WhyMessages } from '../../../i18n/en/why.ts';
import type { ScanMessages } from '../../../i18n/en/scan.ts';
import type { Text } from '../../../loyalty/basics.ts';
import { messagesHook, useFormat, useLanguage } from '../../../ui/language.tsx';
import type { Observable, Shop, Till } from '../../till.ts';
import type { Actions } from '../screen/actions.ts';
import type { Screen, ScreenStore } from '../screen/screen.ts';
import type { Updates } from '../../updates.ts';

/** What every screen of the till reaches: the till itself, what is on the screen, and what can be done there. */
export interface Desk {
  readonly till: Till;
  readonly screen: ScreenStore;
  readonly act: Actions;
  readonly updates: Updates;
}

const DeskContext = createContext<Desk | null>(null);

export function DeskProvider({ desk, children }: { readonly desk: Desk; readonly children: ReactNode }) {
  return <DeskContext.Provider value={desk}>{children}</DeskContext.Provider>;
}

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error('no DeskProvider above');
  return desk;
}

export interface Messages {
  readonly till: TillMessages;
  readonly why: WhyMessages;
  readonly scan: ScanMessages;
}

export const useMessages = messagesHook<Messages>();

export const useScreen = <T,>(pick: (screen: Screen) => T): T => useStore(useDesk().screen, pick);

/** Follows one value of an observable; renders again only when what is picked changes. */
export function useObserved<T, P>(source: Observable<T>, pick: (value: T) => P): P {
  return useSyncExternalStore(source.subscribe, () => pick(source.get()));
}

/** The shop; screens that use it are shown only when there is one. */
export function useShop(): Shop {
  const shop = useObserved(useDesk().till.shop, (value) => value);
  if (!shop) throw new Error('no shop yet');
  return shop;
}

/** Money of the shop, and its texts, as this screen writes them. */
export function useShopWords(): { readonly money: (amount: number) => string; readonly text: (text: Text) => string } {
  const { business } = useShop();
  const format = useFormat();
  const language = useLanguage();
  return {
    money: (amount) => format.money(amount, business),
    text: (text) => textIn(text, language, business.languages[0] ?? 'en'),
  };
}
