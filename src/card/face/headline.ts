import type { Day } from '../../loyalty/basics.ts';
import type { BalanceView, MemberView } from '../../loyalty/views.ts';
import type { Words } from '../words.ts';

/** What ends later than this is no news yet, and a day without its year would be misread. */
const SOON_DAYS = 60;

/** What the card says in large letters: points where there are any, else the first stamp card; and what of it ends soon. */
export function headlineOf(
  view: MemberView,
  words: Words,
  today: Day,
): { readonly title: string; readonly detail: string | null } {
  const main =
    view.balances.find((balance) => balance.kind === 'points') ??
    view.balances.find((balance) => balance.kind === 'credit') ??
    view.balances[0];
  if (!main) return { title: words.messages.helloPlain, detail: null };
  // A full card whose gift still waits is drawn full, and counted so.
  const full = main.card !== null && main.card.filled === 0 && main.card.openGifts > 0;
  const title = words.amount(main.unit, full && main.card ? main.card.takes : main.amount);
  return { title, detail: expiringOf(main, words, today) };
}

function expiringOf({ unit, expiring }: BalanceView, words: Words, today: Day): string | null {
  const next = expiring[0];
  if (!next || (Date.parse(next.expires) - Date.parse(today)) / 86_400_000 > SOON_DAYS) return null;
  return words.messages.expiring({ what: words.amount(unit, next.amount), until: words.format.untilDay(next.expires) });
}
