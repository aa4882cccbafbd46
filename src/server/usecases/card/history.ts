import type { Effect } from '../../../loyalty/effects.ts';
import type { Program } from '../../../loyalty/program.ts';
import type { MemberState } from '../../../loyalty/state.ts';
import type { HistoryEntry } from '../../../protocol/card/cardDocument.ts';
import type { Event } from '../../../protocol/event.ts';
import { whyOf } from './whyOf.ts';

/** An event as the ledger keeps it, parsed. */
export interface BookedEvent {
  readonly event: Event;
  readonly day: string;
  readonly booked: readonly Effect[];
}

/** What a customer does not need to read: it changed nothing for them. */
const SILENT = new Set(['credentialIssued', 'credentialRevoked', 'reserved', 'forgiven']);

/** What happened to a member, the newest first, with what it changed and why. */
export function historyOf(
  events: readonly BookedEvent[],
  state: MemberState,
  programs: ReadonlyMap<string, Program>,
  current: Program,
  locations: ReadonlyMap<string, string>,
): readonly HistoryEntry[] {
  const rewardName = (reward: string, program: Program) =>
    (program.rewards.find((each) => each.id === reward) ?? current.rewards.find((each) => each.id === reward))?.name ??
    {};
  return events
    .filter(({ event }) => !SILENT.has(event.fact.kind))
    .map(({ event, day, booked }) => {
      const program = programs.get(event.program) ?? current;
      return {
        event: event.id,
        kind: event.fact.kind,
        at: event.at + (event.skew ?? 0),
        day,
        location: locations.get(event.location) ?? '',
        total: totalOf(event),
        changes: changesOf(booked),
        rewards: rewardsOf(event, booked, state).map((each) => ({ ...each, name: rewardName(each.reward, program) })),
        why: whyOf(event.fact, booked, program),
        voided: state.reversed[event.id]?.whole === true,
      };
    });
}

function totalOf({ fact }: Event): number | null {
  if (fact.kind === 'sale') return fact.total;
  return fact.kind === 'refunded' ? fact.amount : null;
}

/** Sums per unit. Stamps that a full card turned into its gift are told as the gift, not as a loss. */
function changesOf(booked: readonly Effect[]): HistoryEntry['changes'] {
  const turned = new Set(booked.flatMap((effect) => (effect.kind === 'issue' ? [effect.rule] : [])));
  const sums = new Map<string, number>();
  const add = (unit: string, amount: number) => sums.set(unit, (sums.get(unit) ?? 0) + amount);
  for (const effect of booked) {
    if (effect.kind === 'credit') add(effect.unit, effect.amount);
    else if (effect.kind === 'debt') add(effect.unit, -effect.delta);
    else if (effect.kind === 'restore') for (const part of effect.to) add(effect.unit, part.amount);
    else if (effect.kind === 'debit' && !turned.has(effect.rule)) {
      for (const part of effect.from) add(effect.unit, -part.amount);
    }
  }
  return [...sums].filter(([, amount]) => amount !== 0).map(([unit, amount]) => ({ unit, amount }));
}

type Handled = { readonly reward: string; readonly what: 'issued' | 'given' | 'returned' };

function rewardsOf({ fact }: Event, booked: readonly Effect[], state: MemberState): readonly Handled[] {
  const handled = booked.flatMap((effect): readonly Handled[] => {
    if (effect.kind === 'issue') return [{ reward: effect.reward, what: 'issued' }];
    if (effect.kind !== 'reopen') return [];
    const reward = state.vouchers.find((voucher) => voucher.id === effect.voucher)?.reward;
    return reward === undefined ? [] : [{ reward, what: 'returned' }];
  });
  return fact.kind === 'redeemed' ? [{ reward: fact.reward, what: 'given' }, ...handled] : handled;
}
