import { describe, expect, it } from 'vitest';
import { emptyState } from '../../../loyalty/emptyState.ts';
import { both } from '../../../loyalty/presets.ts';
import type { RewardView } from '../../../loyalty/views.ts';
import { view } from '../../../loyalty/view.ts';
import { observable } from '../../observable.ts';
import type { Customer, Identification, Recording, RecordOptions, Shop, Till } from '../../till.ts';
import { type Actions, createActions } from './actions.ts';
import { typeDigit } from './basket.ts';
import { createScreen } from './screen.ts';

const program = both({ scale: 0 });
const noDates = { birthday: null, nameDay: null, leapDay: '02-28' } as const;

const customer = (member: string): Customer => ({
  member,
  credential: { kind: 'rotating', id: member },
  profile: null,
  state: emptyState(),
  view: view(program, emptyState(), noDates, '2026-11-21'),
  unknownHere: false,
  asOf: null,
});

const stored = (of: Customer | null): Recording => ({
  ok: true,
  event: 'event-1',
  at: 1000,
  before: of?.view ?? null,
  customer: of,
  why: [],
});

const reward: RewardView = {
  reward: 'gift',
  name: { en: 'Gift' },
  details: null,
  picture: 'gift',
  gives: { kind: 'gift' },
  voucher: 'v',
  due: null,
  expires: null,
  cost: null,
  progress: null,
  onlineOnly: false,
};

/** A counter whose till answers what the test says; members are named by the text of their code. */
function counter(answer: (options: RecordOptions | undefined) => Recording | Promise<Recording>) {
  const asked: (RecordOptions | undefined)[] = [];
  const screen = createScreen();
  const shop = { program, business: { timeZone: 'Europe/Budapest' } } as unknown as Shop;
  const record = async (_: unknown, __: unknown, options?: RecordOptions) => {
    asked.push(options);
    return answer(options);
  };
  const till = {
    shop: observable<Shop | null>(shop),
    identify: async (text: string): Promise<Identification> =>
      text.startsWith('http')
        ? { ok: false, reason: 'notOurs', looksLike: 'url' }
        : { ok: true, customer: customer(text) },
    customer: async (member: string) => customer(member),
    record,
    undo: (_: string, options?: RecordOptions) => record(null, null, options),
    changeProfile: () => record(null, null),
  } as unknown as Till;
  const clock = { now: 1000 };
  return { screen, asked, clock, act: createActions(till, screen, () => clock.now) };
}

const scan = (text: string) => ({ text, source: 'camera' }) as const;

describe('the next scan always wins', () => {
  it('closes sheet, redemption and Today, and opens the new member', async () => {
    const { screen, act } = counter(() => stored(customer('nora')));
    await act.scanned(scan('nora'));
    await act.give(reward);
    expect(screen.getState().redemption?.customer.member).toBe('nora');
    act.openSheet({ kind: 'settings' });
    screen.setState({ page: 'today' });
    expect(await act.scanned(scan('agi'))).toBe('good');
    expect(screen.getState()).toMatchObject({ page: 'counter', sheet: null, redemption: null, done: null });
    expect(screen.getState().serving?.member).toBe('agi');
  });

  it('takes an amount typed before the scan along, but never from one member to the next', async () => {
    const { screen, act } = counter(() => stored(null));
    screen.setState(({ basket }) => ({ basket: typeDigit(basket, '9') }));
    await act.scanned(scan('nora'));
    expect(screen.getState().basket.digits).toBe('9');
    await act.scanned(scan('agi'));
    expect(screen.getState().basket.digits).toBe('');
  });

  it('leaves who is served in place when the code is not one of ours', async () => {
    const { screen, act } = counter(() => stored(null));
    await act.scanned(scan('nora'));
    expect(await act.scanned(scan('https://example.org'))).toBe('error');
    expect(screen.getState().serving?.member).toBe('nora');
    expect(screen.getState().notice).toMatchObject({ kind: 'trouble', trouble: { looksLike: 'url' } });
  });
});

describe('the customer in sight, whose phone is read once more', () => {
  it('does not lose the sheet that is open for them', async () => {
    const { screen, act } = counter(() => ({
      ok: false,
      refusal: { kind: 'managerNeeded', because: 'weakCredential' },
    }));
    await act.scanned(scan('nora'));
    await act.give(reward);
    expect(await act.scanned(scan('nora'))).toBe('good');
    expect(screen.getState().sheet?.kind).toBe('manager');
  });

  it('keeps what was recorded in sight for a moment; later it is a new visit', async () => {
    const { screen, act, clock } = counter(() => stored(customer('nora')));
    await act.scanned(scan('nora'));
    await act.recordSale();
    clock.now += 19_000;
    await act.scanned(scan('nora'));
    expect(screen.getState().done?.kind).toBe('recorded');
    clock.now += 1000;
    await act.scanned(scan('nora'));
    expect(screen.getState().done).toBeNull();
  });

  it('keeps the redemption in sight for a moment; later it is a new visit', async () => {
    const { screen, act, clock } = counter(() => stored(customer('nora')));
    await act.scanned(scan('nora'));
    await act.give(reward);
    await act.scanned(scan('nora'));
    expect(screen.getState().redemption?.event).toBe('event-1');
    clock.now += 20_000;
    await act.scanned(scan('nora'));
    expect(screen.getState().redemption).toBeNull();
  });

  it('wins with another code of theirs: the live one may need no manager', async () => {
    const { screen, act } = counter(() => stored(null));
    act.serve({ ...customer('nora'), credential: { kind: 'static', id: 'nora' } });
    act.openSheet({ kind: 'settings' });
    await act.scanned(scan('nora'));
    expect(screen.getState()).toMatchObject({ sheet: null, serving: { credential: { kind: 'rotating' } } });
  });
});

describe('a scan while something is being stored', () => {
  async function during(run: (act: Actions) => Promise<void>, before?: string) {
    let finish: (recording: Recording) => void = () => undefined;
    const made = counter(() => new Promise((resolve) => (finish = resolve)));
    if (before) await made.act.scanned(scan(before));
    else made.screen.setState(({ basket }) => ({ basket: typeDigit(basket, '7') }));
    const running = run(made.act);
    await made.act.scanned(scan('agi'));
    return {
      screen: made.screen,
      end: async (outcome: Recording) => {
        finish(outcome);
        await running;
        return made.screen.getState();
      },
    };
  }

  it('keeps the new customer in place, who would else be stamped as the one before', async () => {
    const sale = await during((act) => act.recordSale(), 'nora');
    expect(await sale.end(stored(customer('nora')))).toMatchObject({ serving: { member: 'agi' }, done: null });
    const gift = await during((act) => act.give(reward), 'nora');
    expect(await gift.end(stored(customer('nora')))).toMatchObject({ serving: { member: 'agi' }, redemption: null });
  });

  it('asks nothing about the one before, since the answer would act on the new one', async () => {
    const gift = await during((act) => act.give(reward), 'nora');
    const refusal = { kind: 'managerNeeded', because: 'weakCredential' } as const;
    expect(await gift.end({ ok: false, refusal })).toMatchObject({ serving: { member: 'agi' }, sheet: null });
  });

  it('still says loudly that nothing was stored', async () => {
    const sale = await during((act) => act.recordSale(), 'nora');
    const refusal = { kind: 'notSaved', because: 'storageFull' } as const;
    expect(await sale.end({ ok: false, refusal })).toMatchObject({ notSaved: 'storageFull' });
  });

  it('does not hand the amount of a sale without a card on to the new customer', async () => {
    const sale = await during((act) => act.recordSale());
    expect(await sale.end(stored(null))).toMatchObject({ serving: { member: 'agi' }, basket: { digits: '' } });
  });
});

describe('recording', () => {
  it('says loudly when changed personal data was not stored', async () => {
    const { screen, act } = counter(() => ({ ok: false, refusal: { kind: 'notSaved', because: 'storageFull' } }));
    const nora = customer('nora');
    act.serve(nora);
    act.openSheet({ kind: 'edit', customer: nora });
    await act.editProfile(nora, { name: 'Nóra' });
    expect(screen.getState().notSaved).toBe('storageFull');
  });

  it('says done only after the till has stored it, and a second tap does nothing', async () => {
    let finish: (recording: Recording) => void = () => undefined;
    const { screen, act, asked } = counter(() => new Promise((resolve) => (finish = resolve)));
    await act.scanned(scan('nora'));
    const first = act.recordSale();
    await act.recordSale();
    expect(asked).toHaveLength(1);
    expect(screen.getState()).toMatchObject({ done: null, recording: true });
    finish(stored(customer('nora')));
    await first;
    expect(screen.getState()).toMatchObject({ done: { kind: 'recorded', event: 'event-1' }, recording: false });
  });

  it('says loudly when nothing was stored', async () => {
    const { screen, act } = counter(() => ({ ok: false, refusal: { kind: 'notSaved', because: 'storageFull' } }));
    await act.scanned(scan('nora'));
    await act.recordSale();
    expect(screen.getState()).toMatchObject({ notSaved: 'storageFull', done: null });
  });

  it('asks for a manager and goes on with the approval', async () => {
    const { screen, act, asked } = counter((options) =>
      options?.approvedBy
        ? stored(customer('nora'))
        : { ok: false, refusal: { kind: 'managerNeeded', because: 'weakCredential' } },
    );
    await act.scanned(scan('nora'));
    await act.give(reward);
    const { sheet } = screen.getState();
    expect(sheet).toMatchObject({ kind: 'manager', because: 'weakCredential', needsReason: false });
    if (sheet?.kind === 'manager') sheet.resume({ approvedBy: 'boss' });
    await expect.poll(() => screen.getState().redemption?.event).toBe('event-1');
    expect(asked).toEqual([undefined, { approvedBy: 'boss' }]);
  });

  it('wants a reason where a late sale is taken back', async () => {
    const { screen, act } = counter(() => ({ ok: false, refusal: { kind: 'managerNeeded', because: 'lateVoid' } }));
    await act.undo('event-9', 'sale');
    expect(screen.getState().sheet).toMatchObject({ kind: 'manager', needsReason: true });
  });

  it('offers "new purchase" within the cool-down, and records it as such', async () => {
    const { screen, act, asked } = counter((options) =>
      options?.secondPurchase
        ? stored(customer('nora'))
        : { ok: false, refusal: { kind: 'cooldown', secondsLeft: 70 } },
    );
    await act.scanned(scan('nora'));
    await act.recordSale();
    const { notice } = screen.getState();
    if (notice?.kind === 'refusal') notice.retry?.({});
    await expect.poll(() => screen.getState().done?.kind).toBe('recorded');
    expect(asked.at(-1)).toEqual({ secondPurchase: true });
  });

  it('records a sale without a card and shows what it was', async () => {
    const { screen, act } = counter(() => stored(null));
    screen.setState(({ basket }) => ({ basket: typeDigit(basket, '7') }));
    await act.recordSale();
    expect(screen.getState()).toMatchObject({ serving: null, done: { kind: 'noCard', total: 7 } });
    expect(screen.getState().basket.digits).toBe('');
  });
});

it('never takes a bug on the way to the store for silence', async () => {
  const { act, screen } = counter(() => Promise.reject(new TypeError('no canonical form')));
  await act.scanned(scan('nora'));
  await act.undo('event-1', 'sale');
  expect(screen.getState().crash?.message).toBe('no canonical form');
  expect(screen.getState()).toMatchObject({ done: null, recording: false });
});
