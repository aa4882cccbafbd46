import { useEffect, useState } from 'react';
import type { CardDocument } from '../../protocol/card/cardDocument.ts';
import type { FoundCard } from '../../protocol/card/cardApi.ts';
import { applyAccent } from '../../ui/accent.ts';
import { Button } from '../../ui/Button.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { useLanguage } from '../../ui/language.tsx';
import type { Answer, Problem } from '../phone/api.ts';
import { claim, found } from '../phone/api.ts';
import { joinIdFor } from '../phone/storage.ts';
import { useMessages } from '../words.ts';
import { Loading } from './Loading.tsx';
import { Message } from './Message.tsx';
import { problemText } from './problemText.ts';

export interface FoundPageProps {
  readonly token: string;
  /** There is a card on this phone already. */
  readonly hasCard: boolean;
  readonly onAnswer: (answer: Answer<CardDocument>) => void;
  readonly onOpen: () => void;
  readonly onJoin: (shop: string) => void;
  readonly onRecover: () => void;
}

/** A card was opened with the phone's camera: whose is it, and what can be done with it. It is never given away. */
export function FoundPage({ token, hasCard, onAnswer, onOpen, onJoin, onRecover }: FoundPageProps): React.JSX.Element {
  const messages = useMessages();
  const language = useLanguage();
  const [card, setCard] = useState<FoundCard | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    const look = async () => {
      const answer = await found(token);
      if (!answer.ok) {
        setProblem(answer.problem);
        return;
      }
      if (answer.value.kind === 'mine') onOpen();
      else setCard(answer.value);
      if ('shop' in answer.value) applyAccent(answer.value.shop.business.color);
    };
    void look();
  }, [token, onOpen]);
  const take = async () => {
    setBusy(true);
    const answer = await claim(token, joinIdFor(token.slice(0, 144)), language);
    setBusy(false);
    if (!answer.ok) setProblem(answer.problem);
    onAnswer(answer);
  };
  const open = hasCard && <Button onPress={onOpen}>{messages.found.open}</Button>;
  if (problem && (!card || problem !== 'offline')) {
    return (
      <Message icon={problem === 'offline' ? 'wifiOff' : 'alert'} title={problemText(messages, problem)} actions={open}>
        {problem === 'taken' && messages.found.taken}
      </Message>
    );
  }
  if (!card || card.kind === 'mine') return <Loading />;
  const own = (shop: string) => (
    <>
      {!hasCard && (
        <Button kind="main" size="l" onPress={() => onJoin(shop)}>
          {messages.found.ownCard}
        </Button>
      )}
      {!hasCard && (
        <Button kind="plain" onPress={onRecover}>
          {messages.recover.title}
        </Button>
      )}
      {open}
    </>
  );
  switch (card.kind) {
    case 'claimable':
      return (
        <Message
          icon="userPlus"
          shop={card.shop.business.name}
          title={messages.found.claimTitle}
          actions={
            <>
              {problem && <ErrorNote title={problemText(messages, problem)} />}
              <Button kind="main" size="l" isDisabled={busy} onPress={() => void take()} data-test="claim">
                {messages.found.claimButton}
              </Button>
              {open}
            </>
          }
        >
          {messages.found.claim}
        </Message>
      );
    case 'second':
      return (
        <Message icon="users" shop={card.shop.business.name} title={messages.found.secondTitle} actions={open}>
          {messages.found.second}
        </Message>
      );
    case 'taken':
      return (
        <Message
          icon="lock"
          shop={card.shop.business.name}
          title={messages.found.takenTitle}
          actions={own(card.shop.business.id)}
        >
          {messages.found.taken}
        </Message>
      );
    case 'blocked':
      return (
        <Message
          icon="alert"
          shop={card.shop.business.name}
          title={messages.found.blockedTitle}
          actions={own(card.shop.business.id)}
        >
          {messages.found.blocked}
        </Message>
      );
    case 'unknown':
      return (
        <Message icon="qr" title={messages.found.unknownTitle} actions={open}>
          {messages.found.unknown}
        </Message>
      );
  }
}
