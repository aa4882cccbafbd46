import { Button } from '../../../ui/Button.tsx';
import { ErrorNote } from '../../../ui/ErrorNote.tsx';
import type { TillMessages } from '../../../i18n/en/till.ts';
import { useDesk, useMessages, useScreen } from '../app/context.tsx';
import { useNow } from '../app/useNow.ts';
import { useWords } from '../app/useWords.ts';
import { refusalSentence } from '../app/sentences.ts';
import type { Trouble } from '../screen/screen.ts';

/** What the till has to say about the last scan or tap. The next scan wipes it. */
export function Notices() {
  const { screen } = useDesk();
  const notice = useScreen((state) => state.notice);
  const done = useScreen((state) => state.done);
  const messages = useMessages().till;
  const words = useWords();
  const now = useNow(1000, notice?.kind === 'refusal');
  const dismiss = () => screen.setState({ notice: null });
  if (notice?.kind === 'trouble') {
    const { title, help } = troubleWords(messages.trouble, notice.trouble);
    return (
      <ErrorNote
        title={title}
        tone={notice.trouble.reason === 'forged' || notice.trouble.reason === 'revoked' ? 'bad' : 'warn'}
        action={<Button icon="close" label={messages.trouble.dismiss} onPress={dismiss} />}
        data-test="trouble"
      >
        {help}
      </ErrorNote>
    );
  }
  if (notice?.kind === 'refusal') {
    const { retry } = notice;
    return (
      <ErrorNote
        title={refusalSentence(words, notice.refusal, now)}
        tone="warn"
        data-test="refusal"
        action={
          retry ? (
            <Button kind="tint" onPress={() => retry({})}>
              {messages.counter.again}
            </Button>
          ) : (
            <Button icon="close" label={messages.trouble.dismiss} onPress={dismiss} />
          )
        }
      />
    );
  }
  if (done?.kind === 'takenBack')
    return (
      <ErrorNote
        tone="good"
        icon="undo"
        title={done.what === 'sale' ? messages.counter.takenBack : messages.counter.redeemTakenBack}
        data-test="taken-back"
      />
    );
  return null;
}

function troubleWords(
  say: TillMessages['trouble'],
  trouble: Trouble,
): { readonly title: string; readonly help: string } {
  if (trouble.reason !== 'notOurs') return { title: say[trouble.reason], help: say[`${trouble.reason}Help`] };
  const help = {
    url: say.notOursUrl,
    receipt: say.notOursReceipt,
    number: say.notOursNumber,
    text: say.notOursText,
  };
  return { title: say.notOurs, help: help[trouble.looksLike ?? 'text'] };
}
