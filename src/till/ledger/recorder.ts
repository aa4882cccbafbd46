import { apply } from '../../loyalty/apply.ts';
import type { Instant } from '../../loyalty/basics.ts';
import type { Proposal, Refusal, Request, Target } from '../../loyalty/decision.ts';
import { emptyState } from '../../loyalty/emptyState.ts';
import type { Program } from '../../loyalty/program.ts';
import { propose } from '../../loyalty/propose.ts';
import type { MemberState } from '../../loyalty/state.ts';
import { ENGINE_VERSION } from '../../loyalty/version.ts';
import { view } from '../../loyalty/view.ts';
import { dayOf } from '../../protocol/day.ts';
import type { Profile, Staff } from '../../protocol/documents.ts';
import type { Event } from '../../protocol/event.ts';
import { uuidV7 } from '../../protocol/ids.ts';
import type { Documents } from '../members/documents.ts';
import type { Known, Members } from '../members/members.ts';
import { profileDates, profileWith } from '../members/profile.ts';
import { journalOf, type Targets } from '../members/targets.ts';
import type { NetworkState, TillPorts } from '../ports.ts';
import type { CacheDb } from '../store/cacheDb.ts';
import type { EventRow, LedgerDb, Pairing, PatchRow } from '../store/ledgerDb.ts';
import type { Customer, CustomerCredential, Recording, RecordOptions } from '../till.ts';
import { append, type Appended } from './append.ts';
import { placeAfter, type Placeless } from './eventRow.ts';
import type { Head, OwnEntry, OwnLedger } from './ownLedger.ts';
import { situationOf, type Moment } from './situation.ts';

/** What recording needs from the rest of the till. */
export interface RecorderParts {
  readonly ports: TillPorts;
  readonly ledgerDb: LedgerDb;
  readonly cacheDb: CacheDb;
  readonly own: OwnLedger;
  readonly members: Members;
  readonly documents: Documents;
  readonly targets: Targets;
  readonly pairing: Pairing;
  readonly staff: () => Staff | null;
  readonly network: () => NetworkState;
  readonly customerOf: (known: Known, credential: CustomerCredential | null) => Customer;
  /** After the transaction: tell the other tabs, the sync loop and the screens. */
  readonly recorded: (entries: readonly OwnEntry[]) => void;
}

type Fields = Partial<Omit<Profile, 'member'>>;
type Done = Extract<Recording, { ok: true }>;

interface Shop {
  readonly hash: string;
  readonly program: Program;
  readonly timeZone: string;
  readonly cutOverHour: number;
}

/** Decides what is asked for at the counter and stores it. */
export class Recorder {
  readonly #parts: RecorderParts;
  /** One recording after the other, so that two of one tab never build on the same head. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(parts: RecorderParts) {
    this.#parts = parts;
  }

  /** What a request would do now, on the customer as it was loaded. */
  preview(customer: Customer | null, request: Request, options: RecordOptions): Proposal {
    const shop = this.#shop();
    if (shop === null) return { ok: false, refusal: { kind: 'badAmount' } };
    const moment = this.#moment(shop, customer?.credential ?? null, options, null);
    const names = customer === null ? [] : (this.#parts.members.peek(customer.member)?.names ?? [customer.member]);
    const state = customer?.state ?? emptyState();
    const target = 'target' in request ? this.#parts.members.targetOf(request.target, null) : null;
    return this.#propose(shop, state, customer?.profile ?? null, names, request, 'preview', moment, target);
  }

  async record(customer: Customer | null, request: Request, options: RecordOptions): Promise<Recording> {
    const member = customer?.member ?? null;
    return this.#queue(() => this.#store(member, customer?.credential ?? null, request, options, null));
  }

  async undo(event: string, options: RecordOptions): Promise<Recording> {
    return this.#queue(async () => {
      const entry = this.#parts.own.byId(event);
      await this.#parts.targets.fetch([event]);
      const row = entry === null ? await journalOf(this.#parts.cacheDb, event) : null;
      const journaled = row === null ? null : (JSON.parse(row.admitted.bytes) as Event);
      const found = entry?.event ?? journaled;
      if (found === null) return { ok: false, refusal: { kind: 'targetUnknown', target: event } };
      const own = found.device === this.#parts.pairing.device;
      const request: Request = { kind: 'voided', target: event, reason: options.reason ?? null };
      const member = row?.admitted.member ?? found.member;
      return this.#store(member, found.credential, request, options, { at: found.at, staff: found.staff, own });
    });
  }

  /** A new member with an own random id, its personal data beside the ledger, and its card if it was given one. */
  async enroll(fields: Fields, card: CustomerCredential | null): Promise<Recording> {
    return this.#queue(async () => {
      const { ports } = this.#parts;
      const member = uuidV7(ports.now(), ports.randomBytes(10));
      const ids = [this.#newId(), this.#newId(), this.#newId()];
      const shop = this.#shop();
      if (shop === null) return notSaved('notPaired');
      const given = card !== null && card.id !== '' && ['rotating', 'static', 'printed'].includes(card.kind);
      const requests: readonly Request[] = [
        { kind: 'enrolled', via: 'till' },
        ...(given ? [{ kind: 'credentialIssued', credential: card.id, credentialKind: card.kind } as const] : []),
      ];
      const appended = await this.#append((head) => {
        const moment = this.#moment(shop, card, {}, null);
        const patch = this.#patchRow(head, ids[2] ?? '', member, moment.at, fields);
        const profile = profileWith(member, null, [patch.patch]);
        const rows: EventRow[] = [];
        const events: Event[] = [];
        let state = emptyState();
        let at: Pick<Head, 'n' | 'run' | 'seq' | 'hash'> = head;
        const why: Done['why'][number][] = [];
        for (const [i, request] of requests.entries()) {
          const id = ids[i] ?? '';
          const proposal = this.#propose(shop, state, profile, [member], request, id, moment, null);
          if (!proposal.ok) return { refusal: proposal.refusal };
          const placed = placeAfter(at, this.#event(shop, id, member, moment, proposal), this.#offline(), moment.at);
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
          customer: this.#customer(member, profile, state, [member], credential),
          why,
        });
        return { rows, events, patches: [patch], answer };
      });
      return this.#finish(appended);
    });
  }

  async changeProfile(member: string, fields: Fields): Promise<Recording> {
    return this.#queue(async () => {
      const id = this.#newId();
      const known = await this.#parts.members.load(member);
      const appended = await this.#append<Done, Refusal>((head) => {
        const at = this.#parts.ports.now();
        const patch = this.#patchRow(head, id, known.member, at, fields);
        const answer = (): Done => ({ ok: true, event: id, at, before: null, customer: null, why: [] });
        return { rows: [], events: [], patches: [patch], answer };
      });
      return this.#finish(appended);
    });
  }

  async #store(
    member: string | null,
    credential: CustomerCredential | null,
    request: Request,
    options: RecordOptions,
    reverses: Moment['target'],
  ): Promise<Recording> {
    const shop = this.#shop();
    if (shop === null) return notSaved('notPaired');
    const { members, targets } = this.#parts;
    if ('target' in request) await targets.fetch([request.target]);
    let known = member === null ? null : (members.peek(member) ?? (await members.load(member)));
    const id = this.#newId();
    const appended = await this.#append((head) => {
      // Another tab may have recorded for this member meanwhile.
      if (known !== null) known = members.peek(known.member) ?? known;
      const moment = this.#moment(shop, credential, options, reverses);
      const before = known?.state ?? emptyState();
      const names = known?.names ?? [];
      const target = 'target' in request ? members.targetOf(request.target, known) : null;
      const profile = known?.profile ?? null;
      const proposal = this.#propose(shop, before, profile, names, request, id, moment, target);
      if (!proposal.ok) return { refusal: proposal.refusal };
      const placeless = this.#event(shop, id, known?.member ?? null, moment, proposal);
      const { row, event } = placeAfter(head, placeless, this.#offline(), moment.at);
      const now = known;
      const answer = (): Done => ({
        ok: true,
        event: id,
        at: moment.at,
        before: now === null ? null : view(shop.program, before, profileDates(profile), moment.day),
        customer:
          now === null ? null : this.#parts.customerOf({ ...now, state: apply(before, proposal.effects) }, credential),
        why: now === null ? [] : proposal.why,
      });
      return { rows: [row], events: [event], patches: [], answer };
    });
    return this.#finish(appended);
  }

  #propose(
    shop: Shop,
    state: MemberState,
    profile: Profile | null,
    names: readonly string[],
    request: Request,
    event: string,
    moment: Moment,
    target: Target | null,
  ): Proposal {
    const context = { event, day: moment.day, profile: profileDates(profile), target, other: null };
    return propose(shop.program, state, request, context, situationOf(this.#parts.own, names, moment));
  }

  #event(
    shop: Shop,
    id: string,
    member: string | null,
    moment: Moment,
    proposal: Extract<Proposal, { ok: true }>,
  ): Placeless {
    const { pairing, members } = this.#parts;
    const { epoch, gseq } = members.generation.cursor;
    return {
      id,
      business: pairing.business,
      location: pairing.location,
      device: pairing.device,
      at: moment.at,
      skew: moment.network.skew,
      day: moment.day,
      basis: { epoch, gseq },
      engine: ENGINE_VERSION,
      staff: moment.staff?.id ?? null,
      member,
      credential: moment.credential,
      program: shop.hash,
      fact: proposal.fact,
      // A sale without a member changes nobody's balance; it can be claimed later.
      told: member === null ? [] : proposal.effects,
    };
  }

  #moment(shop: Shop, credential: CustomerCredential | null, options: RecordOptions, target: Moment['target']): Moment {
    const at = this.#parts.ports.now();
    const network = this.#parts.network();
    const day = dayOf(at + (network.skew ?? 0), shop.timeZone, shop.cutOverHour);
    return { at, day, staff: this.#parts.staff(), network, credential, options, target };
  }

  #patchRow(head: Head, id: string, member: string, at: Instant, fields: Fields): PatchRow {
    const pseq = head.pseq + 1;
    const { device } = this.#parts.pairing;
    return { n: head.patchN + 1, run: head.run, pseq, patch: { id, device, run: head.run, pseq, member, at, fields } };
  }

  #customer(
    member: string,
    profile: Profile | null,
    state: MemberState,
    names: readonly string[],
    credential: CustomerCredential | null,
  ): Customer {
    const nothing = { effects: new Map(), credentials: [], erased: false, unknownHere: false };
    return this.#parts.customerOf({ member, profile, state, names, ...nothing }, credential);
  }

  #append<T, R>(draft: Parameters<typeof append<T, R>>[3]): Promise<Appended<T, R>> {
    const { ledgerDb, ports, own } = this.#parts;
    return append(ledgerDb, ports.timers, own, draft);
  }

  #finish(appended: Appended<Done, Refusal>): Recording {
    if (appended.ok) {
      this.#parts.recorded(appended.entries);
      return appended.answer;
    }
    return appended.because === 'refused' ? { ok: false, refusal: appended.refusal } : notSaved(appended.because);
  }

  #queue(run: () => Promise<Recording>): Promise<Recording> {
    const next = this.#last.then(run);
    this.#last = next.catch(() => undefined);
    return next;
  }

  #shop(): Shop | null {
    const { business, current } = this.#parts.documents;
    if (business === null || current === null) return null;
    return { ...current, timeZone: business.timeZone, cutOverHour: business.cutOverHour };
  }

  #offline(): boolean {
    const { connection } = this.#parts.network();
    return connection !== 'online' && connection !== 'syncing';
  }

  #newId(): string {
    const { ports } = this.#parts;
    return uuidV7(ports.now(), ports.randomBytes(10));
  }
}

function notSaved(because: 'storageFull' | 'storeLost' | 'notPaired'): Recording {
  return { ok: false, refusal: { kind: 'notSaved', because } };
}
