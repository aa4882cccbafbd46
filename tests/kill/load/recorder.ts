import { apply } from '../../../src/loyalty/apply.ts';
import type { Effect } from '../../../src/loyalty/effects.ts';
import { effectsOf } from '../../../src/loyalty/effectsOf.ts';
import { emptyState } from '../../../src/loyalty/emptyState.ts';
import type { Fact } from '../../../src/loyalty/facts.ts';
import type { MemberState } from '../../../src/loyalty/state.ts';
import type { Target } from '../../../src/loyalty/decision.ts';
import { ENGINE_VERSION } from '../../../src/loyalty/version.ts';
import { canonical } from '../../../src/protocol/canonical.ts';
import { dayOf } from '../../../src/protocol/day.ts';
import type { Event } from '../../../src/protocol/event.ts';
import { programHash, ZERO_HASH } from '../../../src/protocol/hash.ts';
import { uuidV7 } from '../../../src/protocol/ids.ts';
import { serverHash } from '../../../src/server/ledger/serverHash.ts';
import { testBusiness } from '../../../src/server/testing/testShop.ts';
import type { Chance } from '../chance.ts';
import { LOAD_PROGRAM, type PairedTill } from './shops.ts';

const PROGRAM = programHash(LOAD_PROGRAM);
const NO_DATES = { birthday: null, nameDay: null, leapDay: '02-28' } as const;

/** Customers whom every till of a shop serves; what one till tells them may differ from what is booked. */
const REGULARS = 12;

export interface Recorded {
  readonly id: string;
  readonly seq: number;
  readonly bytes: string;
  readonly hash: string;
}

/**
 * Writes events as a till would, for ever: somebody joins, buys some coffees, has a gift, has a sale taken back; now and
 * then a sale without a card, or a regular whom the other tills serve as well.
 */
export class LoadRecorder {
  readonly #till: PairedTill;
  readonly #chance: Chance;
  #seq = 0;
  #prev = ZERO_HASH;
  #guest = '';
  #left = 0;
  #state: MemberState = emptyState();
  #last: Target | null = null;

  constructor(till: PairedTill, chance: Chance) {
    this.#till = till;
    this.#chance = chance;
  }

  next(): Recorded {
    const dice = this.#chance.share();
    if (dice < 0.05) return this.#write(null, sale(this.#chance), []);
    if (dice < 0.1) {
      const regular = `regular-${this.#chance.whole(1, REGULARS)}`;
      return this.#write(regular, sale(this.#chance), []);
    }
    if (this.#left === 0) return this.#join();
    this.#left -= 1;
    const voucher = this.#state.vouchers.find((one) => one.status === 'open');
    if (voucher !== undefined && dice < 0.6) {
      const { id, reward } = voucher;
      return this.#forGuest({ kind: 'redeemed', reward, voucher: id, due: null, approvedBy: null }, null);
    }
    const target = this.#last;
    if (target !== null && dice < 0.2) {
      this.#last = null;
      return this.#forGuest({ kind: 'voided', target: target.event, reason: null }, target);
    }
    return this.#forGuest(sale(this.#chance), null);
  }

  #join(): Recorded {
    this.#guest = uuidV7(Date.now(), this.#chance.bytes(10));
    this.#left = this.#chance.whole(2, 6);
    this.#state = emptyState();
    this.#last = null;
    return this.#forGuest({ kind: 'enrolled', via: 'till' }, null);
  }

  #forGuest(fact: Fact, target: Target | null): Recorded {
    const id = uuidV7(Date.now(), this.#chance.bytes(10));
    const day = this.#day();
    const context = { event: id, day, profile: NO_DATES, target, other: null };
    const { effects } = effectsOf(LOAD_PROGRAM, this.#state, fact, context);
    this.#state = apply(this.#state, effects);
    if (fact.kind === 'sale') this.#last = { event: id, fact, day, program: LOAD_PROGRAM, effects };
    return this.#write(this.#guest, fact, effects, id);
  }

  #write(member: string | null, fact: Fact, told: readonly Effect[], given?: string): Recorded {
    const now = Date.now();
    const { business, device, run, epoch } = this.#till;
    const id = given ?? uuidV7(now, this.#chance.bytes(10));
    this.#seq += 1;
    const event: Event = {
      v: 1,
      id,
      business,
      location: 'main',
      device,
      run,
      seq: this.#seq,
      prev: this.#prev,
      at: now,
      skew: 0,
      day: this.#day(),
      basis: { epoch, gseq: 0 },
      engine: ENGINE_VERSION,
      staff: 'barista',
      member,
      credential: null,
      program: PROGRAM,
      fact,
      told,
    };
    const bytes = canonical(event);
    this.#prev = serverHash(bytes);
    return { id, seq: this.#seq, bytes, hash: this.#prev };
  }

  #day(): string {
    return dayOf(Date.now(), testBusiness.timeZone, testBusiness.cutOverHour);
  }
}

function sale(chance: Chance): Fact {
  const amount = 300 + chance.whole(0, 20) * 50;
  const line = { product: null, category: 'coffee', quantity: 1, amount, given: false };
  return { kind: 'sale', total: amount, lines: [line], hour: 10, external: null };
}
