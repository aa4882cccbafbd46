/** How often a reward can be had at most, as the owner sets it. */
export const programLimit = {
  limited: 'Only so often',
  limitedHint:
    'A limit for the whole shop is dealt out to the tills ahead, so that it holds without a network, too. What a lost till had is not given out.',
  n: 'At most',
  for: 'For whom',
  time: 'In what time',
  none: 'as often as one likes',
  days: (p: { n: number }) => `in ${p.n} days`,
  per: { member: 'per customer', device: 'per till', business: 'in the whole shop' },
  windows: {
    day: 'a day',
    week: 'a week',
    month: 'a month',
    quarter: 'a quarter',
    halfYear: 'half a year',
    year: 'a year',
    allTime: 'in all',
  },
};

export type ProgramLimitMessages = typeof programLimit;
