import { useCallback, useEffect, useState } from 'react';
import type { CardDocument } from '../protocol/card/cardDocument.ts';
import { applyAccent } from '../ui/accent.ts';
import { LanguageProvider } from '../ui/language.tsx';
import { RecoveryCode } from './menu/RecoveryCode.tsx';
import { FoundPage } from './pages/FoundPage.tsx';
import { Join } from './pages/Join.tsx';
import { OwnCard } from './pages/OwnCard.tsx';
import { RecoverPage } from './pages/RecoverPage.tsx';
import type { Answer } from './phone/api.ts';
import { useCardLanguage } from './phone/language.ts';
import { renewManifest } from './phone/manifestLink.ts';
import { adopt, usePhone } from './phone/phone.ts';
import type { Route } from './route.ts';
import { routeOf } from './route.ts';
import { catalogueFor } from './words.ts';

export function App() {
  const business = usePhone((phone) => phone.kept?.card.business);
  const language = useCardLanguage(business?.languages ?? []);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  useEffect(() => {
    if (!business) return;
    applyAccent(business.color);
    document.title = business.name;
  }, [business]);
  return (
    <LanguageProvider language={language} messages={catalogueFor(business?.address ?? 'te')}>
      <Pages />
      <RecoveryCode />
    </LanguageProvider>
  );
}

function Pages() {
  const [route, setRoute] = useState<Route>(() => routeOf(location));
  const go = useCallback((next: Route, path: string) => {
    history.replaceState(null, '', path);
    setRoute(next);
  }, []);
  const open = useCallback(() => go({ kind: 'card' }, '/c/'), [go]);
  const recover = () => go({ kind: 'recover' }, '/c/recover');
  const onAnswer = (answer: Answer<CardDocument>) => {
    if (!answer.ok) return;
    adopt(answer);
    renewManifest();
    open();
  };
  const kept = usePhone((phone) => phone.kept);
  switch (route.kind) {
    case 'card':
      return <OwnCard onRecover={recover} />;
    case 'join':
      return <Join shop={route.shop} onAnswer={onAnswer} onRecover={recover} onOpen={open} />;
    case 'found':
      return (
        <FoundPage
          token={route.token}
          hasCard={kept !== null}
          onAnswer={onAnswer}
          onOpen={open}
          onJoin={(shop) => go({ kind: 'join', shop }, `/c/join/${encodeURIComponent(shop)}`)}
          onRecover={recover}
        />
      );
    case 'recover':
      return <RecoverPage onAnswer={onAnswer} onBack={open} />;
  }
}
