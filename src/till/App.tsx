import { useEffect, useMemo, useState } from 'react';
import { scan as enScan } from '../i18n/en/scan.ts';
import { till as enTill } from '../i18n/en/till.ts';
import { why as enWhy } from '../i18n/en/why.ts';
import type { Language } from '../i18n/format.ts';
import { scan as huScan } from '../i18n/hu/scan.ts';
import { till as huTill } from '../i18n/hu/till.ts';
import { why as huWhy } from '../i18n/hu/why.ts';
import { applyAccent } from '../ui/accent.ts';
import { LanguageProvider } from '../ui/language.tsx';
import { DeskProvider, useDesk, useObserved, type Messages } from './features/app/context.tsx';
import { languageOf, rememberLanguage } from './features/app/languageChoice.ts';
import { useIdleUpdate } from './features/app/useIdleUpdate.ts';
import { stayAwake } from './features/app/wakeLock.ts';
import { Counter } from './features/counter/Counter.tsx';
import { CrashFace } from './features/faces/CrashFace.tsx';
import { RevokedFace } from './features/faces/RevokedFace.tsx';
import { StoreLostFace } from './features/faces/StoreLostFace.tsx';
import { createActions } from './features/screen/actions.ts';
import { createScreen, isBusy } from './features/screen/screen.ts';
import { SignIn } from './features/signIn/SignIn.tsx';
import { Opening } from './features/start/Opening.tsx';
import { Pairing } from './features/start/Pairing.tsx';
import type { Till } from './till.ts';
import type { Updates } from './updates.ts';

const MESSAGES: Readonly<Record<Language, Messages>> = {
  en: { till: enTill, why: enWhy, scan: enScan },
  hu: { till: huTill, why: huWhy, scan: huScan },
};

/** The till's app over a till that is made already. */
export function App({ till, updates }: { readonly till: Till; readonly updates: Updates }) {
  const desk = useMemo(() => {
    const screen = createScreen();
    return { till, screen, act: createActions(till, screen), updates };
  }, [till, updates]);
  useEffect(() => void till.start(), [till]);
  useEffect(
    () =>
      desk.screen.subscribe((now, before) => {
        if (isBusy(now) !== isBusy(before)) till.busy(isBusy(now));
      }),
    [desk, till],
  );

  useIdleUpdate(desk);

  const shopLanguages = useObserved(till.shop, (shop) => shop?.business.languages ?? null);
  const color = useObserved(till.shop, (shop) => shop?.business.color ?? null);
  const [chosen, choose] = useState<Language | null>(null);
  const language = chosen ?? languageOf(shopLanguages);
  useEffect(() => {
    if (color) applyAccent(color);
  }, [color]);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);

  return (
    <LanguageProvider language={language} messages={MESSAGES}>
      <DeskProvider desk={desk}>
        <CrashFace>
          <Phases
            onLanguage={(next) => {
              rememberLanguage(next);
              choose(next);
            }}
          />
        </CrashFace>
      </DeskProvider>
    </LanguageProvider>
  );
}

function Phases({ onLanguage }: { readonly onLanguage: (language: Language) => void }) {
  const { till, act } = useDesk();
  const phase = useObserved(till.status, (status) => status.phase);
  const hasShop = useObserved(till.shop, (shop) => shop !== null);
  const open = phase === 'open' && hasShop;
  useEffect(() => {
    if (!open) return undefined;
    // Whoever signs in next starts at an empty counter.
    act.clear();
    return stayAwake();
  }, [open, act]);

  switch (phase) {
    case 'starting':
      return <Opening />;
    case 'unpaired':
    case 'evicted':
      return <Pairing evicted={phase === 'evicted'} />;
    case 'revoked':
      return <RevokedFace />;
    case 'storeLost':
      return <StoreLostFace />;
    case 'locked':
      return hasShop ? <SignIn onLanguage={onLanguage} /> : <Opening />;
    case 'open':
      return hasShop ? <Counter onLanguage={onLanguage} /> : <Opening />;
  }
}
