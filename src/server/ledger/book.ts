import { apply } from '../../loyalty/apply.ts';
import type { Effect } from '../../loyalty/effects.ts';
import { effectsOf } from '../../loyalty/effectsOf.ts';
import { emptyState } from '../../loyalty/emptyState.ts';
import type { MemberState } from '../../loyalty/state.ts';
import { effectsSchema } from '../../protocol/schemas/effectSchema.ts';
import type { Admission, Event, Flag } from '../../protocol/event.ts';
import { type Batch, type BatchMember, ensureMember, findMember, type TargetEntry } from './batch/batch.ts';
import type { Booking } from './booking.ts';
import { bookCredentials, isCard, memberOfEvent } from './cards.ts';
import { noteUse, strikeOf } from './findings/doubles.ts';
import { effectiveDay } from './effectiveDay.ts';
import { closeSettled, raiseExceptions } from './findings/exceptions.ts';
import { findFlags } from './findings/flags.ts';
import { datesOf, eraseProfiles, joinProfiles } from './profiles.ts';
import { noteOwnerCode } from './ownerCodes.ts';
import type { ReadEvent } from './readEvent.ts';
import { rememberGiven } from './risk.ts';
import { serverHash } from './serverHash.ts';
import { atOwnAccount, bookShares, checkPools, effectsOnShares } from './shares.ts';

/** Under which run an event is stored, and what the way it came says about it. */
export interface Place {
  /** The event's own run, or the name of a branch. */
  readonly run: string;
  readonly flags: readonly Flag[];
  /** What a server before this one had said of the event. */
  readonly before?: Admission;
  /** The event has its old number again, so that what was booked before stands to the letter. */
  readonly asBefore?: boolean;
}

/**
 * Books one event: works its effects out on the canonical state, gives it its place in the ledger, and notes what the
 * owner must look at. Returns its flags. Throws where the engine does; nothing but a member without content has been
 * added to the batch then, and the caller keeps the event in quarantine.
 */
export function book(batch: Batch, { event, bytes, hash }: ReadEvent, place: Place): readonly Flag[] {
  const known = place.before;
  const stands = place.asBefore ? known : undefined;
  const day = known?.day ?? effectiveDay(batch, event);
  const told = known?.booked ?? event.told;
  const target = targetOf(batch, event);
  const { member, alias } = stands ? asBooked(batch, event, stands) : whom(batch, event, target);
  const work = () => {
    if (!member) return effectsOnShares(batch, event, day);
    const own = workOut(batch, event, { day, member, target, told });
    return [...own, ...serverEffects(batch, event, alias), ...strikeOf(batch, event, day, member, own)];
  };
  const effects = stands?.booked ?? atOwnAccount(event, work());
  const before = member?.state ?? null;
  const after = before && apply(before, effects);
  const booking: Booking = { event, day, member, before, after, effects, target, told };
  const flags = stands?.flags ?? findFlags(batch, booking, place.flags);

  checkPools(batch, effects);

  const { head } = batch;
  head.head += 1;
  head.chain = serverHash(head.chain + hash);
  batch.rows.push({
    business: batch.business,
    gseq: head.head,
    id: event.id,
    device: event.device,
    run: place.run,
    seq: event.seq,
    hash,
    chain: head.chain,
    bytes,
    kind: event.fact.kind,
    staff: event.staff,
    member: member?.member ?? null,
    received_at: stands?.receivedAt ?? batch.now,
    day,
    booked: JSON.stringify(effects),
    flags: JSON.stringify(flags),
  });
  batch.takenIds.add(event.id);
  rememberTarget(batch, booking);
  rememberGiven(batch.risk, event, member?.member ?? null);
  if (member && after) {
    member.state = after;
    member.gseq = head.head;
    member.changed = true;
    bookCredentials(batch, member.member, effects, event.fact.kind === 'unmerged' ? event.fact.other : null);
    bookAliases(batch, event, member, alias);
    if (event.fact.kind === 'erased') eraseProfiles(batch, member);
    closeSettled(batch, member);
  }
  bookShares(batch, effects);
  raiseExceptions(batch, booking, flags);
  noteUse(batch, booking);
  noteOwnerCode(batch, event);
  return flags;
}

function targetOf(batch: Batch, { fact }: Event): TargetEntry | null {
  if (fact.kind === 'unmerged') {
    const merges = [...batch.targets.values()].filter((one) => one.fact.kind === 'merged');
    return merges.findLast((one) => one.fact.kind === 'merged' && one.fact.other === fact.other) ?? null;
  }
  if (fact.kind !== 'voided' && fact.kind !== 'refunded') return null;
  return batch.targets.get(fact.target) ?? null;
}

/** A reversal concerns whoever its target was booked under, whatever the till believed. */
function whom(batch: Batch, event: Event, target: TargetEntry | null) {
  const booked = target ? target.member : event.member;
  if (booked === null) return { member: null, alias: null };
  return memberOfEvent(batch, booked, event.credential);
}

/** Whom an earlier server booked it under, and whom it found to be the same person. */
function asBooked(batch: Batch, { fact }: Event, { member, booked }: Admission) {
  const alias = booked.find((effect) => effect.kind === 'alias' && effect.on && effect.rule === 'fact');
  const isMerge = fact.kind === 'merged' || fact.kind === 'unmerged';
  return {
    member: member === null ? null : ensureMember(batch, member),
    alias: alias?.kind === 'alias' && !isMerge ? alias.other : null,
  };
}

function workOut(
  batch: Batch,
  event: Event,
  { day, member, target, told }: Pick<Booking, 'day' | 'target' | 'told'> & { readonly member: BatchMember },
): readonly Effect[] {
  const program = batch.programs.get(event.program);
  if (!program) {
    // Nobody can work it out again: what the customer was told stands.
    batch.missingPrograms.add(event.program);
    return effectsSchema.parse(told);
  }
  return effectsOf(program, member.state, event.fact, {
    event: event.id,
    day,
    profile: datesOf(batch, member),
    target: target && { ...target, program: batch.programs.get(target.program) ?? program },
    other: otherState(batch, event, member),
  }).effects;
}

function otherState(batch: Batch, { fact }: Event, member: BatchMember): MemberState | null {
  if (fact.kind !== 'merged' && fact.kind !== 'unmerged') return null;
  const other = batch.members.get(fact.other);
  return other && other !== member ? other.state : null;
}

/** What the engine cannot know: which card an event came with, and that two ids are one person. */
function serverEffects(batch: Batch, event: Event, alias: string | null): Effect[] {
  const effects: Effect[] = [];
  const { credential, fact } = event;
  if (credential && isCard(credential.kind)) {
    const first = batch.unknownCards.has(credential.id);
    if (first || (fact.kind === 'enrolled' && !batch.credentials.has(credential.id))) {
      const credentialKind = credential.kind === 'printed' ? 'printed' : 'static';
      effects.push({ rule: 'fact', kind: 'credential', credential: credential.id, credentialKind, revoked: false });
    }
  }
  if (alias !== null) effects.push({ rule: 'fact', kind: 'alias', other: alias, on: true });
  return effects;
}

function bookAliases(batch: Batch, { fact }: Event, member: BatchMember, alias: string | null): void {
  if (alias !== null) {
    const state = emptyState();
    batch.members.set(alias, { member: alias, state, gseq: member.gseq, aliasOf: member.member, changed: true });
    joinProfiles(batch, alias, member.member);
  }
  if (fact.kind !== 'merged' && fact.kind !== 'unmerged') return;
  const other = batch.members.get(fact.other);
  if (!other || other === member) return;
  other.aliasOf = fact.kind === 'merged' ? member.member : null;
  other.changed = true;
}

/** A later event of the same transaction may reverse this one. */
function rememberTarget(batch: Batch, { event, day, member, effects }: Booking): void {
  batch.targets.set(event.id, {
    event: event.id,
    member: member ? (findMember(batch, member.member)?.member ?? null) : null,
    fact: event.fact,
    day,
    program: event.program,
    effects,
  });
}
