import { useEffect } from 'react';
import type { CardDocument } from '../../protocol/card/cardDocument.ts';
import { readCardText } from '../../protocol/card/cardToken.ts';
import { Button } from '../../ui/Button.tsx';
import { CardFace } from '../face/CardFace.tsx';
import { watchChanges } from '../phone/live.ts';
import { refresh, usePhone } from '../phone/phone.ts';
import { useMessages } from '../words.ts';
import { Loading } from './Loading.tsx';
import { Message } from './Message.tsx';

/** The card of this phone, or why there is none. */
export function OwnCard({ onRecover }: { readonly onRecover: () => void }) {
  const messages = useMessages();
  const { face, kept, reached } = usePhone();
  useEffect(() => watchChanges(() => void refresh()), []);
  const recover = <Button onPress={onRecover}>{messages.recover.title}</Button>;
  if (kept) {
    const revoked = isRevoked(kept.card);
    if (!revoked) return <CardFace kept={kept} onRecover={face === 'gone' ? onRecover : null} />;
    return (
      <Message icon="lock" title={messages.blocked.title}>
        {messages.blocked.text}
      </Message>
    );
  }
  const retry = (
    <Button kind="main" size="l" onPress={() => void refresh()}>
      {messages.retry}
    </Button>
  );
  if (!reached) {
    return (
      <Message icon="wifiOff" title={messages.offline.title} actions={retry}>
        {messages.offline.text}
      </Message>
    );
  }
  if (face === 'failed') {
    return (
      <Message icon="alert" title={messages.error.title} actions={retry}>
        {messages.error.text}
      </Message>
    );
  }
  if (face === 'loading') return <Loading />;
  return (
    <Message icon="qr" title={messages.none.title} actions={recover}>
      {messages.none.text}
    </Message>
  );
}

function isRevoked({ token, state }: CardDocument): boolean {
  const card = readCardText(token);
  return card.kind === 'card' && state.credentials[card.cardId]?.revoked === true;
}
