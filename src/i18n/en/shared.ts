/** What the three apps say alike. */
export const shared = {
  close: 'Close',
  cancel: 'Cancel',
  save: 'Save',
  back: 'Back',
  next: 'Next',
  done: 'Done',
  retry: 'Try again',
  loading: 'One moment…',
  optional: 'optional',
  yes: 'Yes',
  no: 'No',
  language: 'Language',
  unexpected: 'Something went wrong.',
  points: (p: { n: string }) => `${p.n} ${isOne(p.n) ? 'point' : 'points'}`,
  stamps: (p: { n: string }) => `${p.n} ${isOne(p.n) ? 'stamp' : 'stamps'}`,
  /** How full a stamp card is, for its heading; `giftAt`: the slot that is the gift, where it is drawn as one. */
  cardProgress: (p: { filled: string; takes: string; giftAt: number | null }) =>
    `${p.filled} of ${p.takes}${p.giftAt === null ? '' : `, the ${ordinal(p.giftAt)} is a gift`}`,
  stampCardLabel: (p: { filled: string; takes: string }) => `${p.filled} of ${p.takes} stamps`,
  moreStamps: (p: { n: string }) => `${p.n} more to go`,
  morePoints: (p: { n: string }) => `${p.n} more ${isOne(p.n) ? 'point' : 'points'}`,
  expires: (p: { amount: string; day: string }) => `${p.amount} until ${p.day}`,
  demo: 'Demo',
};

export type SharedMessages = typeof shared;

/** Of a number as it is written, with its sign or without: `1`, `+1`, `−1`. */
const isOne = (n: string): boolean => /^[+−]?1$/.test(n);

function ordinal(n: number): string {
  const tens = n % 100;
  const ending = tens > 10 && tens < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th');
  return `${n}${ending}`;
}
