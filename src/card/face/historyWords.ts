import type { Why } from '../../loyalty/effects.ts';
import type { CardDocument, HistoryEntry } from '../../protocol/card/cardDocument.ts';
import type { Words } from '../words.ts';

/** What an entry of the history is called. */
export function titleOf(entry: HistoryEntry, { messages, text, money }: Words): string {
  const h = messages.history;
  switch (entry.kind) {
    case 'enrolled':
      return h.enrolled;
    case 'sale':
      return entry.total === null ? h.sale : `${h.sale} · ${money(entry.total)}`;
    case 'redeemed': {
      const given = entry.rewards.find((reward) => reward.what === 'given');
      return given ? h.given({ name: text(given.name) }) : h.redeemed;
    }
    case 'goodwill':
    case 'goodwillReward':
      return h.goodwill;
    case 'adjusted':
      return h.adjusted;
    case 'voided':
      return h.voided;
    case 'refunded':
      return entry.total === null ? h.refunded : `${h.refunded} · ${money(entry.total)}`;
    case 'merged':
    case 'unmerged':
      return h.merged;
    default:
      return h.other;
  }
}

/** Why it changed what it changed, one sentence each. What says nothing to a customer is left out. */
export function reasonsOf(entry: HistoryEntry, card: CardDocument, words: Words): readonly string[] {
  const returned = entry.rewards.flatMap((reward) =>
    reward.what === 'returned' ? [words.messages.why.returned({ name: words.text(reward.name) })] : [],
  );
  return [...entry.why.flatMap((why) => sentenceOf(why, card, words) ?? []), ...returned];
}

function sentenceOf(why: Why, card: CardDocument, words: Words): string | null {
  const { messages, text, amount, money } = words;
  const reward = (id: string) => text(card.program.rewards.find((each) => each.id === id)?.name ?? {});
  switch (why.kind) {
    case 'earned':
      return earnedOf(why, card, words);
    case 'issued':
      return messages.why.issued({ name: reward(why.reward) });
    case 'spent':
      return messages.why.spent({ what: amount(why.unit, why.amount), name: reward(why.reward) });
    case 'carried':
      return messages.why.carried({ left: money(why.remainder), per: money(why.per) });
    case 'reversed':
      return messages.why.reversed;
    case 'withdrawn':
      return messages.why.withdrawn({ name: reward(why.reward) });
    case 'owed':
      return messages.why.owed({ what: amount(why.unit, why.amount) });
    case 'overdrawn':
    case 'notMet':
    case 'waiting':
    case 'notReversible':
      return null;
  }
}

function earnedOf(why: Extract<Why, { kind: 'earned' }>, card: CardDocument, words: Words): string {
  const { messages, text, amount, money } = words;
  const what = amount(why.unit, why.amount);
  const rule = text(card.program.rules.find((each) => each.id === why.rule)?.name ?? {});
  const { because } = why;
  switch (because.kind) {
    case 'visit':
      return messages.why.visit({ what });
    case 'spend':
      return because.carriedIn > 0
        ? messages.why.spendCarried({ what, spend: money(because.spend), carried: money(because.carriedIn) })
        : messages.why.spend({ what, spend: money(because.spend) });
    case 'items':
      return messages.why.items({ what, n: because.quantity });
    case 'joined':
      return messages.why.joined({ what });
    case 'action':
      return messages.why.action({ what, name: rule });
    case 'goodwill':
      return messages.why.goodwill({ what });
    case 'adjusted':
      return messages.why.adjusted({ what });
    case 'milestone':
      return messages.why.milestone({ what, n: because.at });
    case 'date':
      return messages.why.date({ what, name: rule });
  }
}
