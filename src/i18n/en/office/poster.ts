/** The poster that customers join from. */
export const officePoster = {
  title: 'Poster',
  lead: 'A4. Put it where people wait.',
  print: 'Print',
  headlineStamps: (p: { takes: number; next: number }) => `${p.takes} stamps, and number ${p.next} is on us`,
  headlineStampsExtra: (p: { takes: number }) => `Collect ${p.takes} stamps, get one on us`,
  headlinePoints: 'Your visits are worth something here',
  step1: 'Point your camera at the code',
  step2: 'One tap: your card is on your phone',
  step3: 'Show it when you pay',
  small: 'No app, no account. Works without internet.',
  notOnline:
    'The code points to an address that phones cannot reach. Set the public address of the server first (README).',
  language: 'Language of the poster',
};
