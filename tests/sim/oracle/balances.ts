/**
 * What members hold, worked out from booked effects by addition alone: units in lots, and what is owed. Written apart from the
 * product's fold, and knowing only as much of effects as adding up needs.
 */
export type Balances = Map<string, Map<string, number>>;

interface Part {
  readonly amount: number;
}
interface AnyEffect {
  readonly kind: string;
  readonly unit?: string;
  readonly amount?: number;
  readonly delta?: number;
  readonly other?: string;
  readonly from?: readonly Part[];
  readonly to?: readonly Part[];
}

export function addBooked(balances: Balances, member: string, booked: readonly AnyEffect[]): void {
  const of = balances.get(member) ?? new Map<string, number>();
  balances.set(member, of);
  const add = (key: string, amount: number) => of.set(key, (of.get(key) ?? 0) + amount);
  for (const { kind, unit = '', amount = 0, delta = 0, from = [], to = [] } of booked) {
    if (kind === 'credit') add(`lots ${unit}`, amount);
    else if (kind === 'debit') for (const part of from) add(`lots ${unit}`, -part.amount);
    else if (kind === 'restore') for (const part of to) add(`lots ${unit}`, part.amount);
    else if (kind === 'debt') add(`debts ${unit}`, delta);
  }
}

interface AnyState {
  readonly lots: readonly { readonly unit: string; readonly left: number }[];
  readonly debts: Readonly<Record<string, number>>;
}

/** The same of a stored state. */
export function balancesOf(state: AnyState): Map<string, number> {
  const of = new Map<string, number>();
  for (const { unit, left } of state.lots) of.set(`lots ${unit}`, (of.get(`lots ${unit}`) ?? 0) + left);
  for (const [unit, owed] of Object.entries(state.debts)) of.set(`debts ${unit}`, owed);
  return of;
}

/** What differs, as text; empty where nothing does. */
export function difference(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): string {
  const keys = new Set([...a.keys(), ...b.keys()]);
  return [...keys]
    .filter((key) => (a.get(key) ?? 0) !== (b.get(key) ?? 0))
    .map((key) => `${key}: ${a.get(key) ?? 0} and ${b.get(key) ?? 0}`)
    .join(', ');
}
