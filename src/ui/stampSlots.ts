/** One place on a drawn stamp card. `turn` in degrees, always the same for the same place. */
export interface Slot {
  readonly at: number;
  readonly kind: 'ink' | 'empty' | 'gift';
  readonly newest: boolean;
  readonly turn: number;
}

const TURNS = [-9, 6, -4, 12, -12, 5, 10, -6, 14, -11, 3, -7];

/**
 * Which slots a card has and what is in them. "Nine bought, the tenth free" takes 9 and draws ten, the last one the gift;
 * "collect ten" takes 10 and draws ten. A card that is full, with its gift still waiting and nothing on the next one yet,
 * is drawn full: that is what the customer has earned.
 */
export function slotsOf(card: {
  readonly takes: number;
  readonly giftIsLast: boolean;
  readonly filled: number;
  readonly openGifts: number;
  readonly newest: number;
}): readonly Slot[] {
  const full = card.filled === 0 && card.openGifts > 0;
  const inked = full ? card.takes : Math.max(0, Math.min(card.filled, card.takes));
  const slots: Slot[] = [];
  for (let at = 1; at <= card.takes; at += 1) {
    const ink = at <= inked;
    slots.push({
      at,
      kind: ink ? 'ink' : 'empty',
      newest: ink && at > inked - card.newest,
      turn: TURNS[at % TURNS.length] ?? 0,
    });
  }
  if (card.giftIsLast) slots.push({ at: card.takes + 1, kind: 'gift', newest: false, turn: 0 });
  return slots;
}
