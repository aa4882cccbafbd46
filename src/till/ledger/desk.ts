import type { Day, Instant } from '../../loyalty/basics.ts';
import type { Proposal, Refusal, Request, SharesLeft, Target } from '../../loyalty/decision.ts';
import type { Program } from '../../loyalty/program.ts';
import { propose } from '../../loyalty/propose.ts';
import { sharesLeft } from '../../loyalty/limits/sharesLeft.ts';
import type { MemberState } from '../../loyalty/state.ts';
import { ENGINE_VERSION } from '../../loyalty/version.ts';
import { dayOf } from '../../protocol/day.ts';
import type { Profile, Staff } from '../../protocol/documents.ts';
import { uuidV7 } from '../../protocol/ids.ts';
import type { Known } from '../members/members.ts';
import { profileDates } from '../../protocol/profile.ts';
import type { NetworkState } from '../ports.ts';
import type { PatchRow } from '../store/ledgerDb.ts';
import type { Customer, CustomerCredential, Recording, RecordOptions } from '../till.ts';
import type { TillParts } from '../tillParts.ts';
import { append, type Appended } from './append.ts';
import type { Placeless } from './eventRow.ts';
import type { OwnEntry } from './ownEntries.ts';
import type { Head } from './ownLedger.ts';
import { pendingShares } from './ownShares.ts';
import { situationOf, type Moment } from './situation.ts';

/** What recording needs from the rest of the till. */
export interface RecorderParts extends TillParts {
  readonly staff: () => Staff | null;
  readonly network: () => NetworkState;
  readonly customerOf: (known: Known, credential: CustomerCredential | null) => Customer;
  /** After the transaction: tell the other tabs, the sync loop and the screens. */
  readonly recorded: (entries: readonly OwnEntry[]) => void;
}

export type Fields = Partial<Omit<Profile, 'member'>>;
export type Done = Extract<Recording, { ok: true }>;

/** The shop as recording sees it: the program in force and its calendar. */
export interface RecordingShop {
  readonly hash: string;
  readonly program: Program;
  readonly timeZone: string;
  readonly cutOverHour: number;
}

/** What every way of recording has in common: the moment, the engine's word, the event, the store. */
export class Desk {
  readonly parts: RecorderParts;

  constructor(parts: RecorderParts) {
    this.parts = parts;
  }

  shop(): RecordingShop | null {
    const { business, current } = this.parts.documents;
    if (business === null || current === null) return null;
    return { ...current, timeZone: business.timeZone, cutOverHour: business.cutOverHour };
  }

  moment(
    shop: RecordingShop,
    credential: CustomerCredential | null,
    options: RecordOptions,
    target: Moment['target'],
    request: Request | null = null,
  ): Moment {
    const at = this.parts.ports.now();
    const network = this.parts.network();
    const day = dayOf(at + (network.skew ?? 0), shop.timeZone, shop.cutOverHour);
    const reservation = request?.kind === 'redeem' ? (request.reservation ?? null) : null;
    const { asOf } = this.parts.members.generation;
    return { at, day, staff: this.parts.staff(), network, credential, options, target, asOf, reservation };
  }

  propose(
    shop: RecordingShop,
    state: MemberState,
    profile: Profile | null,
    names: readonly string[],
    request: Request,
    event: string,
    moment: Moment,
    target: Target | null,
  ): Proposal {
    const context = { event, day: moment.day, profile: profileDates(profile), target, other: null };
    // Without a member no limit of a reward or a rule is touched.
    const shares = names.length === 0 ? {} : this.shares(shop, moment.day);
    return propose(shop.program, state, request, context, { ...situationOf(this.parts.own, names, moment), shares });
  }

  /** What this till may still give of the limits per device and business, by pool. */
  shares(shop: RecordingShop, day: Day): SharesLeft {
    const { documents, own, pairing } = this.parts;
    return sharesLeft(shop.program, day, pairing.device, (pool) => documents.pool(pool), pendingShares(own));
  }

  event(
    shop: RecordingShop,
    id: string,
    member: string | null,
    moment: Moment,
    proposal: Extract<Proposal, { ok: true }>,
  ): Placeless {
    const { pairing, members } = this.parts;
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

  patchRow(head: Head, id: string, member: string, at: Instant, fields: Fields): PatchRow {
    const pseq = head.pseq + 1;
    const { device } = this.parts.pairing;
    return { n: head.patchN + 1, run: head.run, pseq, patch: { id, device, run: head.run, pseq, member, at, fields } };
  }

  offline(): boolean {
    const { connection } = this.parts.network();
    return connection !== 'online' && connection !== 'syncing';
  }

  newId(): string {
    const { ports } = this.parts;
    return uuidV7(ports.now(), ports.randomBytes(10));
  }

  append<T, R>(draft: Parameters<typeof append<T, R>>[3]): Promise<Appended<T, R>> {
    const { ledgerDb, ports, own } = this.parts;
    return append(ledgerDb, ports.timers, own, draft);
  }

  finish(appended: Appended<Done, Refusal>): Recording {
    if (appended.ok) {
      this.parts.recorded(appended.entries);
      return appended.answer;
    }
    return appended.because === 'refused' ? { ok: false, refusal: appended.refusal } : notSaved(appended.because);
  }
}

/** The answer where a recording could not be stored; nothing of it has happened then. */
export function notSaved(because: 'storageFull' | 'storeLost' | 'notPaired'): Recording {
  return { ok: false, refusal: { kind: 'notSaved', because } };
}
