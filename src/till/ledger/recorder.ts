import { apply } from '../../loyalty/apply.ts';
import type { Proposal, Refusal, Request } from '../../loyalty/decision.ts';
import { emptyState } from '../../loyalty/emptyState.ts';
import { rewardKey } from '../../loyalty/limits/limits.ts';
import { poolOf } from '../../loyalty/limits/shares.ts';
import { view } from '../../loyalty/view.ts';
import type { Event } from '../../protocol/event.ts';
import { profileDates } from '../../protocol/profile.ts';
import { journalOf } from '../members/targets.ts';
import type { Customer, CustomerCredential, Recording, RecordOptions, RewardLeft } from '../till.ts';
import { Desk, notSaved, type Done, type Fields, type RecorderParts } from './desk.ts';
import { enroll } from './enroll.ts';
import { placeAfter } from './eventRow.ts';
import { releaseSpare } from './releaseSpare.ts';
import type { Moment } from './situation.ts';

/** Decides what is asked for at the counter and stores it. */
export class Recorder {
  readonly #desk: Desk;
  /** One recording after the other, so that two of one tab never build on the same head. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(parts: RecorderParts) {
    this.#desk = new Desk(parts);
  }

  /** What a request would do now, on the customer as it was loaded. */
  preview(customer: Customer | null, request: Request, options: RecordOptions): Proposal {
    const shop = this.#desk.shop();
    if (shop === null) return { ok: false, refusal: { kind: 'badAmount' } };
    const moment = this.#desk.moment(shop, customer?.credential ?? null, options, null, request);
    const names = customer === null ? [] : (this.#desk.parts.members.peek(customer.member)?.names ?? [customer.member]);
    const state = customer?.state ?? emptyState();
    const target = 'target' in request ? this.#desk.parts.members.targetOf(request.target, null) : null;
    return this.#desk.propose(shop, state, customer?.profile ?? null, names, request, 'preview', moment, target);
  }

  async record(customer: Customer | null, request: Request, options: RecordOptions): Promise<Recording> {
    const member = customer?.member ?? null;
    return this.#queue(() => this.#store(member, customer?.credential ?? null, request, options, null));
  }

  async undo(event: string, options: RecordOptions): Promise<Recording> {
    return this.#queue(async () => {
      const entry = this.#desk.parts.own.entries.byId(event);
      await this.#desk.parts.targets.fetch([event]);
      const row = entry === null ? await journalOf(this.#desk.parts.cacheDb, event) : null;
      const journaled = row === null ? null : (JSON.parse(row.admitted.bytes) as Event);
      const found = entry?.event ?? journaled;
      if (found === null) return { ok: false, refusal: { kind: 'targetUnknown', target: event } };
      const own = found.device === this.#desk.parts.pairing.device;
      const request: Request = { kind: 'voided', target: event, reason: options.reason ?? null };
      const member = row?.admitted.member ?? found.member;
      return this.#store(member, found.credential, request, options, { at: found.at, staff: found.staff, own });
    });
  }

  async enroll(fields: Fields, card: CustomerCredential | null): Promise<Recording> {
    return this.#queue(() => enroll(this.#desk, fields, card));
  }

  async changeProfile(member: string, fields: Fields): Promise<Recording> {
    return this.#queue(async () => {
      const id = this.#desk.newId();
      const known = await this.#desk.parts.members.load(member);
      const appended = await this.#desk.append<Done, Refusal>((head) => {
        const at = this.#desk.parts.ports.now();
        const patch = this.#desk.patchRow(head, id, known.member, at, fields);
        const answer = (): Done => ({ ok: true, event: id, at, before: null, customer: null, why: [] });
        return { rows: [], events: [], patches: [patch], answer };
      });
      return this.#desk.finish(appended);
    });
  }

  /** What this till has left of a reward that is limited per device or business; `null`: it is not. */
  shareLeft(reward: string): RewardLeft | null {
    const shop = this.#desk.shop();
    const limits = shop?.program.rewards.find(({ id }) => id === reward)?.limits ?? [];
    if (shop === null || limits.every(({ per }) => per === 'member')) return null;
    const { day } = this.#desk.moment(shop, null, {}, null);
    const shares = this.#desk.shares(shop, day);
    const all = limits.flatMap((limit): RewardLeft[] => {
      const share = shares[poolOf(rewardKey(reward), limit, day) ?? ''];
      return share === undefined ? [] : [{ left: share.left, elsewhere: share.elsewhere, window: limit.window }];
    });
    return all.reduce<RewardLeft | null>((least, one) => (least === null || one.left < least.left ? one : least), null);
  }

  /** Gives up what this till can do without and another one lacks; the server grants it there. */
  async releaseShares(): Promise<void> {
    await this.#queue(() => releaseSpare(this.#desk));
  }

  async #store(
    member: string | null,
    credential: CustomerCredential | null,
    request: Request,
    options: RecordOptions,
    reverses: Moment['target'],
  ): Promise<Recording> {
    const shop = this.#desk.shop();
    if (shop === null) return notSaved('notPaired');
    const { members, targets } = this.#desk.parts;
    if ('target' in request) await targets.fetch([request.target]);
    let known = member === null ? null : (members.peek(member) ?? (await members.load(member)));
    const id = this.#desk.newId();
    const appended = await this.#desk.append((head) => {
      // Another tab may have recorded for this member meanwhile.
      if (known !== null) known = members.peek(known.member) ?? known;
      const moment = this.#desk.moment(shop, credential, options, reverses, request);
      const before = known?.state ?? emptyState();
      const names = known?.names ?? [];
      const target = 'target' in request ? members.targetOf(request.target, known) : null;
      const profile = known?.profile ?? null;
      const proposal = this.#desk.propose(shop, before, profile, names, request, id, moment, target);
      if (!proposal.ok) return { refusal: proposal.refusal };
      const placeless = this.#desk.event(shop, id, known?.member ?? null, moment, proposal);
      const { row, event } = placeAfter(head, placeless, this.#desk.offline(), moment.at);
      const now = known;
      const answer = (): Done => ({
        ok: true,
        event: id,
        at: moment.at,
        before: now === null ? null : view(shop.program, before, profileDates(profile), moment.day),
        customer:
          now === null
            ? null
            : this.#desk.parts.customerOf({ ...now, state: apply(before, proposal.effects) }, credential),
        why: now === null ? [] : proposal.why,
      });
      return { rows: [row], events: [event], patches: [], answer };
    });
    return this.#desk.finish(appended);
  }

  #queue<T>(run: () => Promise<T>): Promise<T> {
    const next = this.#last.then(run);
    this.#last = next.catch(() => undefined);
    return next;
  }
}
