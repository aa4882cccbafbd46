import type { Text } from '../../loyalty/basics.ts';
import { policiesOf } from '../../loyalty/policies/policiesOf.ts';
import type { Amount, Policies, Program } from '../../loyalty/program.ts';
import type { OfficeMessages } from '../../i18n/en/office.ts';
import { earningOf, giftOf } from './edits.ts';
import { limitText } from './limitText.ts';

/** One line of "what is different": a value before and from now on; `null`: it was, or is, not there. */
export interface Change {
  readonly what: string;
  readonly from: string | null;
  readonly to: string | null;
}

/** What turns the program's values into words. */
export interface ChangeWords {
  readonly text: OfficeMessages;
  readonly money: (amount: number) => string;
  readonly name: (text: Text) => string;
}

/** Everything that an owner can change here and that differs between two versions, in the order of the page. */
export function changesOf(before: Program, after: Program, words: ChangeWords): readonly Change[] {
  const from = describeProgram(before, words);
  const to = describeProgram(after, words);
  const keys = [...new Set([...from.keys(), ...to.keys()])];
  const comesOrGoes = (id: string) => from.has(`${id} name`) !== to.has(`${id} name`);
  return keys.flatMap((key) => {
    // Of what is new or gone as a whole, its name and its price say enough.
    const [id = '', part] = key.split(' ');
    if (comesOrGoes(id) && part !== 'name' && part !== 'cost') return [];
    const old = from.get(key);
    const next = to.get(key);
    if (old?.value === next?.value) return [];
    return [{ what: (next ?? old)?.what ?? key, from: old?.value ?? null, to: next?.value ?? null }];
  });
}

type Lines = Map<string, { readonly what: string; readonly value: string }>;

function describeProgram(program: Program, words: ChangeWords): Lines {
  const lines: Lines = new Map();
  const { text, money, name } = words;
  const put = (key: string, of: string | null, what: string, value: string) =>
    lines.set(key, { what: of === null ? what : `${of} · ${what}`, value });
  const texts = (all: Text) =>
    Object.entries(all)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, one]) => one)
      .join(' / ');
  for (const unit of program.units) {
    const of = name(unit.name);
    const say = unit.card ? text.program.card : text.program.points;
    put(`${unit.id} name`, null, say.name, texts(unit.name));
    if (unit.card) {
      put(`${unit.id} takes`, of, text.program.card.takes, String(unit.card.takes));
      put(`${unit.id} last`, of, text.program.card.giftIsLast, yesNo(unit.card.giftIsLast, text));
      put(`${unit.id} picture`, of, text.program.card.picture, text.program.pictures[unit.card.picture]);
    }
    const earning = earningOf(program, unit.id);
    if (earning) put(`${unit.id} earning`, of, text.program.earning, earningText(earning, words));
    if (unit.kind === 'points') put(`${unit.id} ends`, of, text.program.points.expiry, expiryText(unit.expiry, text));
  }
  const gifts = new Set(program.units.map((unit) => giftOf(program, unit.id)?.id));
  for (const reward of program.rewards) {
    const of = name(reward.name);
    put(
      `${reward.id} name`,
      null,
      gifts.has(reward.id) ? text.program.card.gift : text.program.reward,
      texts(reward.name),
    );
    if (reward.cost) put(`${reward.id} cost`, of, text.program.rewards.cost, String(reward.cost.amount));
    put(`${reward.id} shop`, of, text.program.rewards.costToShop, money(reward.costToShop));
    put(`${reward.id} picture`, of, text.program.rewards.picture, text.program.pictures[reward.picture]);
    const bound = (key: 'perMember24h' | 'perOutage') => String(reward.offline?.[key] ?? '–');
    put(`${reward.id} perMember24h`, of, text.program.rewards.offlinePerMember, bound('perMember24h'));
    put(`${reward.id} perOutage`, of, text.program.rewards.offlinePerOutage, bound('perOutage'));
    put(`${reward.id} limit`, of, text.program.limit.limited, limitText(reward.limits, text));
    put(`${reward.id} online`, of, text.program.rewards.onlineOnly, yesNo(reward.onlineOnly, text));
  }
  for (const product of program.products) {
    const price = product.price === null ? '' : ` · ${money(product.price)}`;
    put(`${product.id} product`, null, text.program.product, `${texts(product.name)}${price} · ${product.category}`);
  }
  const policies = policiesOf(program.policies);
  for (const key of POLICIES) put(key, null, text.program.policies[key], String(policies[key]));
  const cap = policies.offlineValuePerOutage;
  put('offlineValuePerOutage', null, text.program.policies.offlineValuePerOutage, cap === null ? '–' : money(cap));
  return lines;
}

const POLICIES = [
  'offlineRedeemHours',
  'offlineRedemptionsPerMember24h',
  'offlineRedemptionsPerOutage',
  'staleHours',
  'ownWordPerDay',
  'phoneVoucherMinutes',
  'overdraftDays',
  'overdraftsToOnlineOnly',
  'overdraftsToBlock',
  'cooldownSeconds',
  'voidFreeMinutes',
  'goodwillPerStaffPerDay',
] as const satisfies readonly (keyof Policies)[];

function earningText(amount: Amount, { text, money }: ChangeWords): string {
  switch (amount.kind) {
    case 'fixed':
      return text.program.card.earnsVisit;
    case 'perItem':
      return text.program.card.earnsItem({ category: amount.category ?? '' });
    case 'perSpend':
      return text.program.points.sentence({ give: amount.give, per: money(amount.per) });
  }
}

export function expiryText(expiry: { n: number; unit: string } | null, text: OfficeMessages): string {
  const { points } = text.program;
  if (expiry === null) return points.expiryNever;
  if (expiry.unit === 'month') return points.expiryMonths({ n: expiry.n });
  return expiry.unit === 'year' ? points.expiryMonths({ n: expiry.n * 12 }) : points.expiryOther;
}

const yesNo = (value: boolean, text: OfficeMessages) => (value ? text.program.diff.yes : text.program.diff.no);
