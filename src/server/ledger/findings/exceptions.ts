import type { Effect } from '../../../loyalty/effects.ts';
import type { Program } from '../../../loyalty/program.ts';
import type { MemberState } from '../../../loyalty/state.ts';
import type { ExceptionRecord, Flag } from '../../../protocol/event.ts';
import { type Batch, type BatchMember, changeDocument } from '../batch/batch.ts';
import type { Booking } from '../booking.ts';
import { pairOf, usedBefore } from './doubles.ts';
import { lostVouchers } from './flags.ts';

/**
 * Turns an event's flags into what the owner must look at: with the till, the person and what it cost. Flags that are
 * mere notes (a clamped day, an unknown person) make none.
 */
export function raiseExceptions(batch: Batch, booking: Booking, flags: readonly Flag[]): void {
  const { event, day, effects } = booking;
  for (const effect of effects) raiseForEffect(batch, booking, effect);
  raiseForReuse(batch, booking);
  raiseForGiven(batch, booking, flags);
  if (flags.includes('bookedDiffers')) raiseForLoss(batch, booking);
  if (flags.includes('shareExceeded')) raiseForShare(batch, booking);
  const card = event.credential?.id ?? '';
  const once: readonly (readonly [Flag, string])[] = [
    ['fork', `${event.device}/${event.run}`],
    ['afterRevocation', `${event.device}/${day}`],
    ['clockOff', `${event.device}/${day}`],
    ['revokedCredential', `${card}/${day}`],
    ['earnedTooOften', `${booking.member?.member ?? ''}/${day}`],
  ];
  for (const [kind, about] of once) {
    if (flags.includes(kind)) raise(batch, booking, { kind, id: `${kind}/${about}` }, true);
  }
}

/** Closes what later events have settled: a debt that was filled, a voucher whose issue came, an overdraft taken back. */
export function closeSettled(batch: Batch, { member, state }: BatchMember): void {
  for (const record of batch.exceptions.values()) {
    if (record.closed || record.member !== member || !isSettled(record, state)) continue;
    put(batch, { ...record, closed: true });
  }
}

function isSettled({ kind, unit, voucher, event }: ExceptionRecord, state: MemberState): boolean {
  if (kind === 'overdrawn') return unit !== null && (state.debts[unit] ?? 0) <= 0;
  if (kind === 'shareExceeded') return state.reversed[event]?.whole === true;
  const held = state.vouchers.find(({ id }) => id === voucher);
  if (kind === 'consumedAhead') return held?.status !== 'consumedAhead';
  if (kind === 'beyondPolicy' || kind === 'managerQuota' || (kind === 'doubleRedemption' && voucher === null)) {
    return state.reversed[event]?.whole === true;
  }
  if (kind === 'doubleRedemption') return !held || held.by.length < 2 || !held.by.includes(event);
  return false;
}

function raiseForEffect(batch: Batch, booking: Booking, effect: Effect): void {
  const { event, before, effects } = booking;
  if (effect.kind === 'overdraw') {
    const { voucher, reward, cost } = effect;
    const pair = before?.vouchers.find(({ id }) => id === voucher)?.by[0] ?? null;
    const toward = towardOf(effects);
    raise(batch, booking, {
      kind: 'doubleRedemption',
      id: `doubleRedemption/${event.id}`,
      voucher,
      reward,
      cost,
      pair,
      ...(toward && { toward }),
    });
  } else if (effect.kind === 'consume' && effect.ahead) {
    const { voucher, reward } = effect;
    const cost = costOf(batch, booking, reward);
    raise(batch, booking, { kind: 'consumedAhead', id: `consumedAhead/${event.id}`, voucher, reward, cost });
  } else if (effect.kind === 'debt' && effect.delta > 0 && usedBefore(batch, event, before) === null) {
    const { unit, delta } = effect;
    const toward = towardOf(effects);
    const pair = toward && before ? pairOf(batch, event, before, effects, booking.member?.member ?? '') : null;
    raise(batch, booking, {
      kind: 'overdrawn',
      id: `overdrawn/${event.id}/${unit}`,
      unit,
      pair,
      ...(toward && { toward }),
      ...owed(batch, booking, delta),
    });
  }
}

/** A voucher from the phone that two tills took: what the second one cost is what the balance did not pay. */
function raiseForReuse(batch: Batch, booking: Booking): void {
  const { event, before, effects } = booking;
  const pair = usedBefore(batch, event, before);
  if (pair === null || event.fact.kind !== 'redeemed') return;
  const debt = effects.find((effect) => effect.kind === 'debt' && effect.delta > 0);
  const cost = debt?.kind === 'debt' ? owed(batch, booking, debt.delta).cost : 0;
  const { reward } = event.fact;
  const toward = towardOf(effects);
  const about = { reward, cost, pair, ...(toward && { toward }) };
  raise(batch, booking, { kind: 'doubleRedemption', id: `doubleRedemption/${event.id}`, ...about });
}

/** Given beyond what the policies allow, or on the staff's own word: nothing is lost by that alone, but the owner sees it. */
function raiseForGiven(batch: Batch, booking: Booking, flags: readonly Flag[]): void {
  const { fact, id } = booking.event;
  if (fact.kind !== 'redeemed') return;
  const { reward } = fact;
  if (flags.includes('beyondPolicy')) {
    const cost = costOf(batch, booking, reward);
    raise(batch, booking, { kind: 'beyondPolicy', id: `beyondPolicy/${id}`, reward, cost });
  } else if (flags.includes('managerQuota')) {
    raise(batch, booking, { kind: 'managerQuota', id: `managerQuota/${id}`, reward });
  }
}

/** Whom a doubled redemption counts for. */
function towardOf(effects: readonly Effect[]): 'member' | 'staff' | null {
  return effects.find((effect) => effect.kind === 'strike')?.toward ?? null;
}

/** What the shop gave without having been paid for it: of a reward taken on debt, the share that the balance lacked. */
function owed(batch: Batch, booking: Booking, delta: number): Pick<ExceptionRecord, 'reward' | 'cost'> {
  const { fact } = booking.event;
  if (fact.kind !== 'redeemed') return { reward: null, cost: 0 };
  const { cost: price, costToShop } = programOf(batch, booking)?.rewards.find(({ id }) => id === fact.reward) ?? {};
  const share = price && price.amount > delta ? { of: delta, all: price.amount } : { of: 1, all: 1 };
  return { reward: fact.reward, cost: Math.ceil(((costToShop ?? 0) * share.of) / share.all) };
}

function raiseForLoss(batch: Batch, booking: Booking): void {
  const { event, after, told } = booking;
  const lost = after ? lostVouchers(told, after) : [];
  const cost = lost.reduce((sum, { reward }) => sum + costOf(batch, booking, reward), 0);
  const about = { reward: lost[0]?.reward ?? null, voucher: lost[0]?.voucher ?? null, cost };
  raise(batch, booking, { kind: 'bookedDiffers', id: `bookedDiffers/${event.id}`, ...about });
}

/** What was given beyond a limit is what it cost; of a rule's extra points nothing is known. */
function raiseForShare(batch: Batch, booking: Booking): void {
  const { fact, id } = booking.event;
  const about = fact.kind === 'redeemed' ? { reward: fact.reward, cost: costOf(batch, booking, fact.reward) } : {};
  raise(batch, booking, { kind: 'shareExceeded', id: `shareExceeded/${id}`, ...about });
}

function raise(
  batch: Batch,
  { event, member, day }: Booking,
  about: Pick<ExceptionRecord, 'id' | 'kind'> & Partial<ExceptionRecord>,
  once = false,
): void {
  if (once) batch.onlyOnce.add(`exception/${about.id}`);
  if (batch.exceptions.has(about.id)) return;
  put(batch, {
    gseq: batch.head.head,
    event: event.id,
    pair: null,
    member: member?.member ?? null,
    device: event.device,
    staff: event.staff,
    cost: 0,
    reward: null,
    voucher: null,
    unit: null,
    day,
    at: batch.now,
    closed: false,
    ...about,
  });
}

function put(batch: Batch, record: ExceptionRecord): void {
  batch.exceptions.set(record.id, record);
  changeDocument(batch, { kind: 'exception', id: record.id, data: record });
}

function costOf(batch: Batch, booking: Booking, reward: string): number {
  return programOf(batch, booking)?.rewards.find(({ id }) => id === reward)?.costToShop ?? 0;
}

function programOf(batch: Batch, { event }: Booking): Program | null {
  return batch.programs.get(event.program) ?? batch.programs.get(batch.shop.program) ?? null;
}
