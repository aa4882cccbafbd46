import type { OwnLedger } from '../ledger/ownLedger.ts';
import type { Members } from '../members/members.ts';
import { observable } from '../observable.ts';
import type { RecentEntry } from '../till.ts';
import { recentOf } from './recent.ts';

/** The strip of those served last, with their names as far as they are known here. */
export function recentStrip(own: OwnLedger, members: () => Members | null) {
  const recent = observable<readonly RecentEntry[]>([]);
  /** A member that has changed is read again, and the name known before stands meanwhile. */
  let names: ReadonlyMap<string, string | null> = new Map();
  let round = 0;
  const strip = () => recentOf(own.entries, (member) => names.get(member) ?? null);

  async function refresh(): Promise<void> {
    recent.set(strip());
    round += 1;
    const mine = round;
    const read = new Map<string, string | null>();
    for (const { customer } of recent.get()) {
      if (customer === null) continue;
      // A store that cannot be read is told where something is recorded; the strip then stands without names.
      const known =
        (await members()
          ?.load(customer.member)
          .catch(() => null)) ?? null;
      read.set(customer.member, known?.profile?.callName ?? known?.profile?.name ?? null);
    }
    if (mine !== round) return;
    names = read;
    recent.set(strip());
  }

  return { recent, refresh };
}
