import { type Booking, emit } from './booking.ts';
import type { Effect } from './effects.ts';
import { opposite } from './integers.ts';

/** Takes back a mark of a firing, a badge or a tier, the same way whatever is undone; other effects are left alone. */
export function undoMark(booking: Booking, effect: Effect): void {
  const { rule } = effect;
  switch (effect.kind) {
    case 'fired':
      return emit(booking, { ...effect, delta: opposite(effect.delta) });
    case 'firedFor':
      return emit(booking, { ...effect, undo: !effect.undo });
    case 'badge':
      return emit(booking, { rule, kind: 'unbadge', badge: effect.badge });
    case 'grantTier':
      return emit(booking, { rule, kind: 'endTier', grant: effect.grant });
    default:
      return;
  }
}
