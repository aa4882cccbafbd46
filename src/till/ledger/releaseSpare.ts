import type { Fact } from '../../loyalty/facts.ts';
import type { Event } from '../../protocol/event.ts';
import type { EventRow } from '../store/ledgerDb.ts';
import type { Desk } from './desk.ts';
import { placeAfter } from './eventRow.ts';
import type { Head } from './ownLedger.ts';
import { type Spare, spareShares } from './spareShares.ts';

/** Records that this till gives up what it has to spare of its shares. What cannot be stored is tried again another time. */
export async function releaseSpare(desk: Desk): Promise<void> {
  const shop = desk.shop();
  if (shop === null || spareNow(desk).length === 0) return;
  const appended = await desk.append<null, null>((head) => {
    const moment = desk.moment(shop, null, {}, null);
    const rows: EventRow[] = [];
    const events: Event[] = [];
    let at: Pick<Head, 'n' | 'run' | 'seq' | 'hash'> = head;
    // Worked out here, on this head: another tab may have given the last one away meanwhile.
    for (const { share, n } of spareNow(desk)) {
      const fact: Fact = { kind: 'shareReleased', share, n };
      const effects = [{ rule: 'fact', kind: 'share', share, move: 'released', n }] as const;
      const proposal = { ok: true, fact, effects, why: [] } as const;
      const placeless = { ...desk.event(shop, desk.newId(), null, moment, proposal), staff: null, told: effects };
      const placed = placeAfter(at, placeless, desk.offline(), moment.at);
      rows.push(placed.row);
      events.push(placed.event);
      at = placed.row;
    }
    return { rows, events, patches: [], answer: () => null };
  });
  if (appended.ok && appended.entries.length > 0) desk.parts.recorded(appended.entries);
}

function spareNow(desk: Desk): readonly Spare[] {
  const { documents, own, pairing, ports } = desk.parts;
  const shop = desk.shop();
  if (shop === null) return [];
  const { day } = desk.moment(shop, null, {}, null);
  const others = documents.devices.filter(({ id, revoked }) => id !== pairing.device && !revoked).map(({ id }) => id);
  const pool = (id: string) => documents.pool(id);
  return spareShares(desk.shares(shop, day), pool, others, own.entries.sharing, ports.now());
}
