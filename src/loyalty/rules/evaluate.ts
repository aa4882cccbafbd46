import type { Day } from '../basics.ts';
import { count } from './counters.ts';
import { daysBetween, monthOf, weekday } from '../days.ts';
import { whole } from '../integers.ts';
import { balance, isLive } from '../fold/lots.ts';
import type { Expression, Field } from '../program.ts';
import { quantityOf, type SaleFigures } from './saleFigures.ts';
import type { MemberState } from '../state.ts';

/** What an expression can look at. */
export interface Scope {
  readonly state: MemberState;
  readonly day: Day;
  /** `null` where the fact is no sale. */
  readonly figures: SaleFigures | null;
}

const deepest = 32;

/** A condition; none is always met. */
export function isMet(expression: Expression | null, scope: Scope): boolean {
  return expression === null || evaluate(expression, scope, 0) !== 0;
}

/** The value of an expression, always a whole number: what is unknown is 0, too deep a tree is 0. */
function evaluate(expression: Expression, scope: Scope, depth: number): number {
  if (depth > deepest) return 0;
  switch (expression.op) {
    case 'const':
      return whole(expression.value);
    case 'field':
      return fieldOf(expression.field, scope);
    case 'counter':
      return count(scope.state, expression.counter, scope.day);
    case 'not':
      return evaluate(expression.of, scope, depth + 1) === 0 ? 1 : 0;
    case 'and':
      return expression.of.every((of) => evaluate(of, scope, depth + 1) !== 0) ? 1 : 0;
    case 'or':
      return expression.of.some((of) => evaluate(of, scope, depth + 1) !== 0) ? 1 : 0;
    case 'add':
    case 'multiply':
    case 'min':
    case 'max':
      return combine(
        expression.op,
        expression.of.map((of) => evaluate(of, scope, depth + 1)),
      );
    case 'eq':
    case 'ne':
    case 'lt':
    case 'le':
    case 'gt':
    case 'ge':
    case 'subtract':
    case 'divide':
      return compare(
        expression.op,
        evaluate(expression.left, scope, depth + 1),
        evaluate(expression.right, scope, depth + 1),
      );
    default:
      return 0;
  }
}

function combine(op: 'add' | 'multiply' | 'min' | 'max', values: readonly number[]): number {
  const [first, ...rest] = values;
  if (first === undefined) return 0;
  return rest.reduce((result, value) => {
    if (op === 'add') return whole(result + value);
    if (op === 'multiply') return whole(result * value);
    return op === 'min' ? Math.min(result, value) : Math.max(result, value);
  }, first);
}

function compare(
  op: 'eq' | 'ne' | 'lt' | 'le' | 'gt' | 'ge' | 'subtract' | 'divide',
  left: number,
  right: number,
): number {
  switch (op) {
    case 'eq':
      return left === right ? 1 : 0;
    case 'ne':
      return left === right ? 0 : 1;
    case 'lt':
      return left < right ? 1 : 0;
    case 'le':
      return left <= right ? 1 : 0;
    case 'gt':
      return left > right ? 1 : 0;
    case 'ge':
      return left >= right ? 1 : 0;
    case 'subtract':
      return whole(left - right);
    case 'divide':
      return right === 0 ? 0 : whole(Math.floor(left / right));
  }
}

const parts = { morning: 1, midday: 2, afternoon: 3, evening: 4 } as const;

function fieldOf(field: Field, { state, day, figures }: Scope): number {
  switch (field.kind) {
    case 'saleTotal':
      return figures?.spend ?? 0;
    case 'saleQuantity':
      return figures === null ? 0 : quantityOf(figures, field.category, null);
    case 'weekday':
      return weekday(day);
    case 'month':
      return monthOf(day);
    case 'partOfDay':
      return figures === null ? 0 : parts[figures.part];
    case 'balance':
      return balance(state, field.unit, day);
    case 'daysSinceLastVisit':
      return state.lastVisit === null ? 0 : Math.max(0, daysBetween(state.lastVisit, day));
    case 'daysSinceJoined':
      return state.enrolledOn === null ? 0 : Math.max(0, daysBetween(state.enrolledOn, day));
    case 'inTier': {
      const { tier } = field;
      return state.tiers.some((grant) => grant.tier === tier && grant.from <= day && isTierLive(grant.until, day))
        ? 1
        : 0;
    }
    default:
      return 0;
  }
}

function isTierLive(until: Day | null, day: Day): boolean {
  return isLive({ expires: until }, day);
}
