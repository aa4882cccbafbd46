/** Why something was given or refused, in the words of whoever stands at the till. Amounts come written already. */
export const why = {
  earned: {
    visit: (p: { amount: string }) => `${p.amount} for the visit`,
    spend: (p: { amount: string; spend: string }) => `${p.amount} for ${p.spend}`,
    spendCarried: (p: { amount: string; spend: string; carried: string }) =>
      `${p.amount} for ${p.spend} and ${p.carried} carried from before`,
    items: (p: { amount: string; quantity: string }) =>
      p.quantity === '1' ? `${p.amount} for 1 item` : `${p.amount} for ${p.quantity} items`,
    joined: (p: { amount: string }) => `${p.amount} for joining`,
    action: (p: { amount: string; action: string }) => `${p.amount} for: ${p.action}`,
    goodwill: (p: { amount: string; reason: string }) => `${p.amount} as goodwill: ${p.reason}`,
    adjusted: (p: { amount: string; reason: string }) => `${p.amount} adjusted: ${p.reason}`,
    milestone: (p: { amount: string; at: string }) => `${p.amount} for reaching ${p.at}`,
    date: (p: { amount: string; rule: string }) => `${p.amount}: ${p.rule}`,
  },
  issued: (p: { reward: string }) => `Earned: ${p.reward}`,
  spent: (p: { amount: string; reward: string }) => `${p.amount} went into ${p.reward}`,
  carried: (p: { remainder: string; per: string }) => `${p.remainder} carried towards the next ${p.per}`,
  reversed: 'The sale was taken back.',
  withdrawn: (p: { reward: string }) => `${p.reward} was taken back`,
  owed: (p: { amount: string }) => `${p.amount} had been used already; the next ones fill this first`,
  overdrawn: (p: { reward: string }) => `${p.reward} had been handed out before`,
  waiting: 'Waits for the sale it belongs to.',
  notMet: {
    who: (p: { rule: string }) => `${p.rule}: not for this member`,
    when: (p: { rule: string }) => `${p.rule}: not for this sale`,
    notActive: (p: { rule: string }) => `${p.rule}: not running now`,
    limit: (p: { rule: string }) => `${p.rule}: limit reached`,
    stacking: (p: { rule: string }) => `${p.rule}: a better one applies`,
  },

  refusal: {
    unknownReward: 'This reward does not exist any more.',
    rewardNotActive: 'This reward is not running now.',
    balanceTooLow: (p: { have: string; need: string }) => `Not enough yet: ${p.have} of ${p.need}.`,
    voucherConsumed: 'This reward has been used already.',
    voucherExpired: 'This reward has expired.',
    voucherUnknown: 'This reward is not there any more.',
    credentialRevoked: 'This card is blocked.',
    cooldown: (p: { time: string }) => `Just recorded for this card. Again in ${p.time}.`,
    onlineOnly:
      'This reward can be given only while the till is online, or with a code from the customer’s phone: on the card, “No network at the till?”.',
    held: (p: { time: string }) => `The customer’s phone holds a code for this: scan that code, or wait ${p.time}.`,
    reservationUsed: 'This code has been used already.',
    reservationExpired: 'The time of this code is over. A new one takes one tap on the phone.',
    memberOnlineOnly:
      'For this member only while the till is online, or with a code from their phone: on the card, “No network at the till?”.',
    memberBlocked: 'No rewards for this member for now. Please ask the owner.',
    targetUnknown: 'What is to be taken back is not known here.',
    alreadyReversed: 'This has been taken back already.',
    refundTooHigh: (p: { left: string }) => `At most ${p.left} can be given back.`,
    reasonNeeded: 'A reason is needed.',
    badAmount: 'This amount cannot be recorded.',
    notReversible: 'This cannot be taken back.',
  },
  /** Of what is limited; `window` is one of the spans below. */
  limit: {
    left: (p: { window: string; n: string }) => `Here ${p.window}: ${p.n} left`,
    none: (p: { window: string }) => `Here ${p.window}: none left`,
    elsewhere: (p: { window: string; n: string }) => `Here ${p.window}: none left. At the other tills: ${p.n}.`,
    device: (p: { window: string; n: string }) => `Here ${p.window}: none left (at most ${p.n} per till).`,
    business: (p: { window: string; n: string }) => `Here ${p.window}: none left (at most ${p.n} in the whole shop).`,
    member: (p: { window: string; n: string }) => `This customer ${p.window}: no more (at most ${p.n}).`,
    windows: {
      allTime: 'in all',
      rolling: (p: { n: string }) => `within ${p.n} days`,
      day: 'for today',
      week: 'for this week',
      month: 'for this month',
      quarter: 'for this quarter',
      halfYear: 'for this half-year',
      year: 'for this year',
    },
  },
  managerNeeded: {
    offlineTooLong: 'The till has been offline for long. A manager must approve rewards now.',
    offlineMemberLimit: 'This member has already had a reward here while the till was offline.',
    offlineOutageLimit: 'Many rewards were given since the till went offline.',
    offlineOutageValue: 'With this one, more would be given away offline than the owner allows.',
    weakCredential:
      'Without the live code on the customer’s phone, a manager must approve the reward while the till is offline.',
    lateVoid: 'More than a few minutes have passed since then.',
    foreignVoid: 'Someone else recorded this.',
    adjustment: 'Changing a balance needs a manager.',
    goodwillLimit: 'Today’s limit for goodwill is reached.',
  },
};

export type WhyMessages = typeof why;
