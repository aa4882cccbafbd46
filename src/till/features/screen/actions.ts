import type { Instant } from '../../../loyalty/basics.ts';
import type { Request } from '../../../loyalty/decision.ts';
import type { MemberView, RewardView } from '../../../loyalty/views.ts';
import type { Profile } from '../../../protocol/documents.ts';
import { hourOf } from '../../../protocol/day.ts';
import type { Read, Verdict } from '../../scan/read.ts';
import type { Customer, PhoneVoucherOffer, RecentEntry, Recording, RecordOptions, Till } from '../../till.ts';
import { basketTotal, saleOf } from './basket.ts';
import { idleCounter, type Screen, type ScreenStore, type Sheet } from './screen.ts';
import { settleRecording } from './settleRecording.ts';

/** Everything that can be done at the counter. Each ends in what the screen shows; none waits for the network. */
export interface Actions {
  /** A code was read: the next scan always wins. Gives the sound that fits. */
  readonly scanned: (read: Pick<Read, 'text' | 'source'>) => Promise<Verdict>;
  readonly serve: (customer: Customer) => void;
  readonly openMember: (member: string) => Promise<void>;
  /** Back to the empty counter. */
  readonly clear: () => void;
  readonly openSheet: (sheet: Sheet) => void;
  readonly closeSheet: () => void;
  /** Records the basket, for the member in sight or without a card. */
  readonly recordSale: (options?: RecordOptions) => Promise<void>;
  /** Hands a reward out; `offered`: for the voucher from the customer's phone that is on the screen. */
  readonly give: (reward: RewardView, options?: RecordOptions, offered?: PhoneVoucherOffer | null) => Promise<void>;
  readonly undo: (event: string, what: 'sale' | 'reward', options?: RecordOptions) => Promise<void>;
  readonly enroll: (fields: Partial<Omit<Profile, 'member'>>) => Promise<void>;
  readonly editProfile: (customer: Customer, fields: Partial<Omit<Profile, 'member'>>) => Promise<void>;
}

export function createActions(till: Till, screen: ScreenStore, now: () => Instant = Date.now): Actions {
  const { getState: get, setState: set } = screen;
  const settleHere = settleRecording(screen);

  /**
   * What was stored for a customer; null where nothing was, or where the next customer has the screen by now. That one must
   * neither be stamped as the one before nor be asked for a manager on its behalf; what was stored stands in the strip.
   */
  function settle(
    served: Customer | null,
    outcome: Recording,
    retry: (options: RecordOptions) => void,
  ): Extract<Recording, { ok: true }> | null {
    const { serving } = get();
    if (serving === null || isSame(serving, served)) return settleHere(outcome, retry);
    if (!outcome.ok && outcome.refusal.kind === 'notSaved') settleHere(outcome, retry);
    return null;
  }

  /** Guards against the second tap, and shows that something is being stored. */
  async function recording(run: () => Promise<void>): Promise<void> {
    if (get().recording) return;
    set({ recording: true });
    try {
      await run();
    } catch (error) {
      set({ crash: error instanceof Error ? error : new Error(String(error)) });
    } finally {
      set({ recording: false });
    }
  }

  /** Brings what is shown up to date with what the till knows now. */
  async function refresh(customer: Customer): Promise<void> {
    const fresh = await till.customer(customer.member, customer.credential);
    if (get().serving?.member === customer.member) set({ serving: fresh });
  }

  const serve = (customer: Customer): void => {
    const { serving, basket } = get();
    // An amount typed before the scan belongs to this customer; one typed for somebody else does not.
    const keep = serving === null || serving.member === customer.member;
    set({ ...idleCounter, serving: customer, basket: keep ? basket : idleCounter.basket });
  };

  const act: Actions = {
    async scanned({ text, source }) {
      const found = await till.identify(text, source === 'paste' ? 'wedge' : source);
      if (found.ok) {
        const { voucher } = found;
        if (voucher !== undefined && get().offer?.reservation !== voucher.reservation) {
          // Also for the customer in sight: it is what they have just fetched.
          serve(found.customer);
          set({ offer: voucher });
        } else if (!isStillHeld(get(), found.customer, now())) serve(found.customer);
        return 'good';
      }
      set({ notice: { kind: 'trouble', trouble: found }, page: 'counter' });
      return 'error';
    },
    serve,
    async openMember(member) {
      serve(await till.customer(member, null));
    },
    clear: () => set(idleCounter),
    openSheet: (sheet) => set({ sheet, keypad: false, notice: null }),
    closeSheet: () => set({ sheet: null }),

    recordSale: (options) =>
      recording(async () => {
        const { serving, basket } = get();
        const shop = till.shop.get();
        if (!shop) return;
        const hour = hourOf(now(), shop.business.timeZone);
        const request: Request = saleOf(basket, shop.program, hour, serving !== null);
        const outcome = await till.record(serving, request, options);
        // The amount was this sale's, also where a code has come since.
        if (outcome.ok && get().basket === basket) set({ basket: idleCounter.basket });
        const stored = settle(serving, outcome, (more) => void act.recordSale({ ...options, ...more }));
        if (!stored) return;
        set({ ...idleCounter, serving: stored.customer ?? serving });
        set({
          done:
            serving && stored.customer
              ? { ...recorded(stored), after: stored.customer.view }
              : {
                  kind: 'noCard',
                  event: stored.event,
                  at: stored.at,
                  total: basketTotal(basket, shop.program.products) ?? 0,
                },
        });
      }),

    give: (reward, options, offered = null) =>
      recording(async () => {
        const { serving } = get();
        if (!serving) return;
        const { offer } = get();
        const isOffered = offer !== null && offer === offered;
        const request: Request = isOffered
          ? { kind: 'redeem', reward: offer.reward, voucher: offer.voucher, reservation: reservationOf(offer) }
          : { kind: 'redeem', reward: reward.reward, voucher: reward.voucher };
        const outcome = await till.record(serving, request, options);
        const stored = settle(serving, outcome, (more) => void act.give(reward, { ...options, ...more }, offered));
        if (!stored) return;
        const customer = stored.customer ?? serving;
        set({
          sheet: null,
          notice: null,
          done: null,
          offer: null,
          serving: customer,
          redemption: { event: stored.event, at: stored.at, reward, customer },
        });
      }),

    undo: (event, what, options) =>
      recording(async () => {
        const outcome = await till.undo(event, options);
        const stored = settleHere(outcome, (more) => void act.undo(event, what, { ...options, ...more }));
        if (!stored) return;
        set({ redemption: null, sheet: null, notice: null, done: { kind: 'takenBack', what } });
        const { serving } = get();
        if (serving) await refresh(serving);
      }),

    enroll: (fields) =>
      recording(async () => {
        const { serving } = get();
        const outcome = await till.enroll(fields, null);
        const stored = settle(serving, outcome, () => void act.enroll(fields));
        if (stored?.customer) serve(stored.customer);
      }),

    editProfile: (customer, fields) =>
      recording(async () => {
        const outcome = await till.changeProfile(customer.member, fields);
        if (!settle(customer, outcome, () => void act.editProfile(customer, fields))) return;
        await refresh(customer);
        set({ sheet: null });
      }),
  };
  return act;
}

const reservationOf = ({ reservation: id, due, until }: PhoneVoucherOffer) => ({ id, due, until });

/** The same person, also where only a card was known at first. */
const isSame = (a: Customer, b: Customer | null): boolean =>
  a.member === b?.member || (a.credential !== null && a.credential.id === b?.credential?.id);

/** A phone that is held out for a moment longer, and shakes, is read again. */
const STILL_HELD_MS = 20_000;

/**
 * Whether a scan is the customer in sight once more, whose sheet, redemption or "recorded" must stay; digits of a
 * manager's PIN would else go into the amount. Another code of theirs (the live one for a printed one) counts as new.
 */
function isStillHeld(screen: Screen, { member, credential }: Customer, now: Instant): boolean {
  const { page, serving, sheet, recording, redemption, done } = screen;
  if (page !== 'counter' || serving?.member !== member || serving.credential?.kind !== credential?.kind) return false;
  if (sheet !== null || recording) return true;
  const at = redemption?.at ?? (done?.kind === 'recorded' ? done.at : null);
  return at !== null && now - at < STILL_HELD_MS;
}

const recorded = (stored: Extract<Recording, { ok: true }>) =>
  ({
    kind: 'recorded',
    event: stored.event,
    at: stored.at,
    before: stored.before satisfies MemberView | null,
    why: stored.why,
  }) as const;

/** What an undo of this entry takes back. */
export const kindOfEntry = (entry: RecentEntry): 'sale' | 'reward' =>
  entry.fact.kind === 'redeemed' ? 'reward' : 'sale';
