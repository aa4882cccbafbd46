import { type Booking, emit } from '../rules/booking.ts';
import type { Effect } from '../effects.ts';
import { opposite } from '../integers.ts';
import { isShareOpen } from '../limits/shares.ts';

/** Takes back a mark of a firing, a badge, a tier or the use of a share, the same way whatever is undone; other effects are left alone. */
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
    case 'share':
      if (effect.move !== 'used' || !isShareOpen(effect.share, booking.context.day)) return;
      return emit(booking, { ...effect, move: 'returned' });
    case 'strike':
      return emit(booking, { rule, kind: 'forgive', event: effect.event });
    default:
      return;
  }
}
