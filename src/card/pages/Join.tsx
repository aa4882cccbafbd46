import { useEffect } from 'react';
import type { CardDocument } from '../../protocol/card/cardDocument.ts';
import { Button } from '../../ui/Button.tsx';
import { LanguageProvider, useLanguage } from '../../ui/language.tsx';
import type { Answer } from '../phone/api.ts';
import { usePhone } from '../phone/phone.ts';
import { catalogueFor, useMessages } from '../words.ts';
import { JoinPage } from './JoinPage.tsx';
import { Loading } from './Loading.tsx';
import { Message } from './Message.tsx';
import { useShop } from './useShop.ts';

/** The join page of a shop, once it has been fetched; straight to the card where this phone has joined already. */
export function Join({
  shop,
  onAnswer,
  onRecover,
  onOpen,
}: {
  readonly shop: string;
  readonly onAnswer: (answer: Answer<CardDocument>) => void;
  readonly onRecover: () => void;
  readonly onOpen: () => void;
}) {
  const messages = useMessages();
  const language = useLanguage();
  const { answer, again } = useShop(shop);
  const face = answer?.ok ? answer.value : null;
  const mine = usePhone((phone) => phone.face === 'card' && phone.kept?.card.business.id === face?.business.id);
  useEffect(() => {
    if (mine) onOpen();
  }, [mine, onOpen]);
  if (face && !mine) {
    return (
      <LanguageProvider language={language} messages={catalogueFor(face.business.address)}>
        <JoinPage shop={face} onAnswer={onAnswer} onRecover={onRecover} />
      </LanguageProvider>
    );
  }
  if (answer === null || answer.ok) return <Loading />;
  const retry = (
    <Button kind="main" size="l" onPress={again}>
      {messages.retry}
    </Button>
  );
  if (answer.problem === 'unknown') {
    return (
      <Message icon="qr" title={messages.found.unknownTitle}>
        {messages.none.shopUnknown}
      </Message>
    );
  }
  const offline = answer.problem === 'offline';
  return (
    <Message
      icon={offline ? 'wifiOff' : 'alert'}
      title={offline ? messages.offline.title : messages.error.title}
      actions={retry}
    >
      {offline ? messages.offline.text : messages.error.text}
    </Message>
  );
}
