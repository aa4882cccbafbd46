import type { Refusal } from '../../../loyalty/decision.ts';
import type { Why } from '../../../loyalty/effects.ts';
import { limitSentence } from './limitWords.ts';
import { amountOf, money, rewardName, ruleName, type Words } from './words.ts';

/** One sentence for one why; null where there is nothing to tell. */
export function whySentence(words: Words, why: Why): string | null {
  const say = words.why;
  switch (why.kind) {
    case 'earned':
      return earnedSentence(words, why);
    case 'issued':
      return say.issued({ reward: rewardName(words, why.reward) });
    case 'spent':
      return say.spent({ amount: amountOf(words, why.unit, why.amount), reward: rewardName(words, why.reward) });
    case 'carried':
      return why.remainder === 0
        ? null
        : say.carried({ remainder: money(words, why.remainder), per: money(words, why.per) });
    case 'reversed':
      return say.reversed;
    case 'withdrawn':
      return say.withdrawn({ reward: rewardName(words, why.reward) });
    case 'owed':
      return say.owed({ amount: amountOf(words, why.unit, why.amount) });
    case 'overdrawn':
      return say.overdrawn({ reward: rewardName(words, why.reward) });
    case 'waiting':
      return say.waiting;
    case 'notReversible':
      return say.refusal.notReversible;
    case 'notMet':
      return say.notMet[why.because]({ rule: ruleName(words, why.rule) });
  }
}

function earnedSentence(words: Words, why: Extract<Why, { kind: 'earned' }>): string {
  const say = words.why.earned;
  const amount = amountOf(words, why.unit, why.amount);
  const { because } = why;
  switch (because.kind) {
    case 'visit':
      return say.visit({ amount });
    case 'spend':
      return because.carriedIn > 0
        ? say.spendCarried({ amount, spend: money(words, because.spend), carried: money(words, because.carriedIn) })
        : say.spend({ amount, spend: money(words, because.spend) });
    case 'items':
      return say.items({ amount, quantity: words.format.number(because.quantity) });
    case 'joined':
      return say.joined({ amount });
    case 'action':
      return say.action({ amount, action: because.action });
    case 'goodwill':
      return say.goodwill({ amount, reason: because.reason });
    case 'adjusted':
      return say.adjusted({ amount, reason: because.reason });
    case 'milestone':
      return say.milestone({ amount, at: words.format.number(because.at) });
    case 'date':
      return say.date({ amount, rule: ruleName(words, why.rule) });
  }
}

/** Why the till says no, in a sentence. */
export function refusalSentence(words: Words, refusal: Refusal, now: number): string {
  const say = words.why.refusal;
  switch (refusal.kind) {
    case 'balanceTooLow':
      return say.balanceTooLow({
        have: words.format.number(refusal.have),
        need: amountOf(words, refusal.unit, refusal.need),
      });
    case 'voucherNotOpen':
      return refusal.status === 'consumed'
        ? say.voucherConsumed
        : refusal.status === 'expired'
          ? say.voucherExpired
          : say.voucherUnknown;
    case 'limitReached':
      return limitSentence(words, refusal);
    case 'cooldown':
      return say.cooldown({ time: words.format.countdown(refusal.secondsLeft * 1000) });
    case 'held':
      return say.held({ time: words.format.countdown(Math.max(0, refusal.until - now)) });
    case 'managerNeeded':
      return words.why.managerNeeded[refusal.because];
    case 'refundTooHigh':
      return say.refundTooHigh({ left: money(words, refusal.left) });
    default:
      return say[refusal.kind];
  }
}
