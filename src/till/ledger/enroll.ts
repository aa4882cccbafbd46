import { apply } from '../../loyalty/apply.ts';
import type { Request } from '../../loyalty/decision.ts';
import { emptyState } from '../../loyalty/emptyState.ts';
import type { Event } from '../../protocol/event.ts';
import { uuidV7 } from '../../protocol/ids.ts';
import { profileWith } from '../members/profile.ts';
import type { EventRow } from '../store/ledgerDb.ts';
import type { CustomerCredential, Recording } from '../till.ts';
import { notSaved, type Desk, type Done, type Fields } from './desk.ts';
import { placeAfter } from './eventRow.ts';
import type { Head } from './ownLedger.ts';

const nobodyElse = { effects: new Map(), credentials: [], erased: false, unknownHere: false };

/** A new member with an own random id, its personal data beside the ledger, and its card if it was given one. */
export async function enroll(desk: Desk, fields: Fields, card: CustomerCredential | null): Promise<Recording> {
  const { ports } = desk.parts;
  const member = uuidV7(ports.now(), ports.randomBytes(10));
  const ids = [desk.newId(), desk.newId(), desk.newId()];
  const shop = desk.shop();
  if (shop === null) return notSaved('notPaired');
  const given = card !== null && card.id !== '' && ['rotating', 'static', 'printed'].includes(card.kind);
  const requests: readonly Request[] = [
    { kind: 'enrolled', via: 'till' },
    ...(given ? [{ kind: 'credentialIssued', credential: card.id, credentialKind: card.kind } as const] : []),
  ];
  const appended = await desk.append((head) => {
    const moment = desk.moment(shop, card, {}, null);
    const patch = desk.patchRow(head, ids[2] ?? '', member, moment.at, fields);
    const profile = profileWith(member, null, [patch.patch]);
    const rows: EventRow[] = [];
    const events: Event[] = [];
    let state = emptyState();
    let at: Pick<Head, 'n' | 'run' | 'seq' | 'hash'> = head;
    const why: Done['why'][number][] = [];
    for (const [i, request] of requests.entries()) {
      const id = ids[i] ?? '';
      const proposal = desk.propose(shop, state, profile, [member], request, id, moment, null);
      if (!proposal.ok) return { refusal: proposal.refusal };
      const placed = placeAfter(at, desk.event(shop, id, member, moment, proposal), desk.offline(), moment.at);
      rows.push(placed.row);
      events.push(placed.event);
      at = placed.row;
      state = apply(state, proposal.effects);
      why.push(...proposal.why);
    }
    const credential = given ? card : null;
    const answer = (): Done => ({
      ok: true,
      event: ids[0] ?? '',
      at: moment.at,
      before: null,
      customer: desk.parts.customerOf({ ...nobodyElse, member, profile, state, names: [member] }, credential),
      why,
    });
    return { rows, events, patches: [patch], answer };
  });
  return desk.finish(appended);
}
