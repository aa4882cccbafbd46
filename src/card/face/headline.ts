import type { BalanceView, MemberView } from '../../loyalty/views.ts';
import type { Words } from '../words.ts';

/** What the card says in large letters: points where there are any, else the first stamp card; and what of it ends soonest. */
export function headlineOf(view: MemberView, words: Words): { readonly title: string; readonly detail: string | null } {
  const main =
    view.balances.find((balance) => balance.kind === 'points') ??
    view.balances.find((balance) => balance.kind === 'credit') ??
    view.balances[0];
  if (!main) return { title: words.messages.helloPlain, detail: null };
  // A full card whose gift still waits is drawn full, and counted so.
  const full = main.card !== null && main.card.filled === 0 && main.card.openGifts > 0;
  const title = words.amount(main.unit, full && main.card ? main.card.takes : main.amount);
  return { title, detail: expiringOf(main, words) };
}

function expiringOf({ unit, expiring }: BalanceView, words: Words): string | null {
  const next = expiring[0];
  if (!next) return null;
  return words.messages.expiring({ what: words.amount(unit, next.amount), until: words.format.untilDay(next.expires) });
}
