import type { Expiry } from '../../loyalty/program.ts';
import type { ShopFace } from '../../protocol/card/cardApi.ts';
import { Sheet } from '../../ui/Sheet.tsx';
import type { CardMessages } from '../../i18n/en/card.ts';
import { givesOf } from '../pages/gives.ts';
import { useWords } from '../words.ts';
import styles from './menu.module.css';

/** The rules of the program and the privacy notice, as sentences made from what is really in force. */
export function Legal({
  shop,
  show,
  onClose,
}: {
  readonly shop: ShopFace;
  readonly show: 'rules' | 'privacy' | null;
  readonly onClose: () => void;
}) {
  const words = useWords(shop);
  const { legal } = words.messages;
  const name = shop.business.name;
  const title = show === 'privacy' ? legal.privacyTitle : legal.rulesTitle;
  return (
    <Sheet title={title} isOpen={show !== null} onClose={onClose}>
      <div className={styles.legal}>
        {show === 'privacy' && legal.privacy({ shop: name }).map((line) => <p key={line}>{line}</p>)}
        {show === 'rules' && (
          <>
            <p>{legal.rulesIntro({ shop: name })}</p>
            {rulesOf(shop, words).map((line) => (
              <p key={line}>{line}</p>
            ))}
            <p>{legal.rulesEnd}</p>
          </>
        )}
      </div>
    </Sheet>
  );
}

function rulesOf(shop: ShopFace, words: ReturnType<typeof useWords>): readonly string[] {
  const { messages, text, amount } = words;
  const { units, rewards } = shop.program;
  const costs = rewards.flatMap(({ name, cost }) =>
    cost ? [messages.legal.cost({ name: text(name), what: amount(cost.unit, cost.amount) })] : [],
  );
  const ends = units.map(({ name, expiry }) =>
    expiry
      ? messages.legal.expires({ name: text(name), span: spanOf(messages.legal, expiry) })
      : messages.legal.never({ name: text(name) }),
  );
  return [...new Set([...givesOf(shop, words, false), ...costs, ...ends])];
}

function spanOf(legal: CardMessages['legal'], { n, unit }: Expiry): string {
  const spans = { day: legal.days, month: legal.months, year: legal.years };
  return spans[unit]({ n });
}
