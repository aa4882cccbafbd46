import { useState } from 'react';
import type { CardDocument } from '../../protocol/card/cardDocument.ts';
import { Button } from '../../ui/Button.tsx';
import { TextField } from '../../ui/TextField.tsx';
import type { Answer } from '../phone/api.ts';
import { recover } from '../phone/api.ts';
import { useMessages } from '../words.ts';
import { Message } from './Message.tsx';
import { problemText } from './problemText.ts';

/** A new phone: the card comes back by the code that was given at joining. */
export function RecoverPage({
  onAnswer,
  onBack,
}: {
  readonly onAnswer: (answer: Answer<CardDocument>) => void;
  readonly onBack: () => void;
}) {
  const messages = useMessages();
  const [code, setCode] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const send = async () => {
    setBusy(true);
    const answer = await recover(code);
    setBusy(false);
    if (!answer.ok) {
      setError(answer.problem === 'unknown' ? messages.recover.wrong : problemText(messages, answer.problem));
    }
    onAnswer(answer);
  };
  return (
    <Message
      icon="shield"
      title={messages.recover.title}
      actions={
        <>
          <TextField
            label={messages.recover.label}
            value={code}
            onChange={(value) => {
              setCode(value);
              setError(null);
            }}
            error={error}
            placeholder="XXXXX-XXXXX-XXXXX"
            autoCapitalize="characters"
            autoComplete="off"
            maxLength={24}
          />
          <Button kind="main" size="l" isDisabled={busy || code.trim() === ''} onPress={() => void send()}>
            {messages.recover.button}
          </Button>
          <Button kind="plain" onPress={onBack}>
            {messages.cancel}
          </Button>
        </>
      }
    >
      {messages.recover.text}
    </Message>
  );
}
