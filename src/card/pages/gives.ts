import type { ShopFace } from '../../protocol/card/cardApi.ts';
import type { Words } from '../words.ts';

/** What the program gives, in a sentence or two, read from its rules; `cheapest` adds what points can buy first. */
export function givesOf(
  { program }: ShopFace,
  { messages, text, amount, money }: Words,
  cheapest = true,
): readonly string[] {
  const reward = (id: string) => text(program.rewards.find((each) => each.id === id)?.name ?? {});
  const sentences: string[] = [];
  for (const unit of program.units) {
    if (!unit.card) continue;
    const gift = program.rules
      .filter(
        (rule) => rule.on.kind === 'milestone' && rule.on.counter.kind === 'unit' && rule.on.counter.unit === unit.id,
      )
      .flatMap((rule) => rule.do.flatMap((action) => (action.kind === 'issue' ? [reward(action.reward)] : [])))[0];
    if (gift === undefined) continue;
    sentences.push(messages.join.stamps({ n: unit.card.takes, name: gift }));
  }
  for (const rule of program.rules) {
    if (rule.on.kind !== 'sale' || rule.who !== null || rule.when !== null) continue;
    for (const action of rule.do) {
      if (action.kind !== 'credit' || action.amount.kind !== 'perSpend') continue;
      const { give, per } = action.amount;
      sentences.push(messages.join.points({ give: amount(action.unit, give), per: money(per) }));
      const first = cheapest ? cheapestFor(program, action.unit) : undefined;
      if (first) {
        const what = amount(action.unit, first.amount);
        sentences.push(messages.join.pointsReward({ what, name: text(first.name) }));
      }
    }
  }
  return sentences;
}

function cheapestFor(program: ShopFace['program'], unit: string) {
  return program.rewards
    .flatMap(({ cost, name }) => (cost?.unit === unit ? [{ amount: cost.amount, name }] : []))
    .sort((a, b) => a.amount - b.amount)[0];
}
