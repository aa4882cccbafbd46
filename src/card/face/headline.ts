import type { BalanceView, MemberView } from '../../loyalty/views.ts';
import type { Words } from '../words.ts';

/** What the card says in large letters: points where there are any, else the first stamp card; and what of it ends soonest. */
export function headlineOf(view: MemberView, words: Words): { readonly title: string; readonly detail: string | null } {
  const main =
    view.balances.find((balance) => balance.kind === 'points') ??
    view.balances.find((balance) => balance.kind === 'credit') ??
    view.balances[0];
  if (!main) return { title: words.messages.helloPlain, detail: null };
  return { title: words.amount(main.unit, main.amount), detail: expiringOf(main, words) };
}

function expiringOf({ unit, expiring }: BalanceView, words: Words): string | null {
  const next = expiring[0];
  if (!next) return null;
  return words.messages.expiring({ what: words.amount(unit, next.amount), until: words.format.untilDay(next.expires) });
}
