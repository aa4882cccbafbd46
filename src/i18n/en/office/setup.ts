/** Signing in. */
export const officeSignIn = {
  title: 'Sign in',
  email: 'E-mail',
  password: 'Password',
  submit: 'Sign in',
  demoTitle: 'This is the demo',
  demoText: 'Invented customers, invented sales. Change whatever you like.',
  demoFill: 'Use the demo login',
  needsOwnerTitle: 'Not set up yet',
  needsOwner: 'When the server starts, it prints a set-up link into its log. Open that link on this computer to begin.',
};

/** The first steps of a new shop. */
export const officeSetup = {
  title: 'Set up',
  progress: (p: { n: number; of: number }) => `Step ${p.n} of ${p.of}`,
  later: 'Everything can be changed later. You can leave at any time and come back.',
  skip: 'Later',
  steps: {
    owner: 'Your account',
    business: 'Your business',
    program: 'The program',
    staff: 'Your staff',
    till: 'The first till',
    poster: 'The poster',
  },
  owner: {
    title: 'Who runs the place?',
    lead: 'With this account you sign in here, in the back office. At the till a PIN is enough.',
    name: 'Your name',
    email: 'E-mail',
    password: 'Password',
    passwordHint: (p: { min: number }) => `At least ${p.min} characters. A sentence is easy to remember.`,
    show: 'Show password',
    hide: 'Hide password',
    submit: 'Create account',
    checking: 'Checking the set-up link…',
  },
  business: {
    title: 'Your business',
    lead: 'As customers see it on their card.',
  },
  program: {
    title: 'What do customers collect?',
    lead: 'Choose one to begin with, then make the names and numbers yours.',
    chooseFirst: 'Choose one of the three above.',
  },
  staff: {
    title: 'Who stands at the till?',
    lead: 'Each person has a PIN of their own, so that every stamp and every gift has a name. A manager can approve what staff may not.',
    ownerPin: 'Begin with yourself: as owner you can approve everything at the till.',
    needOne: 'At least one person is needed to open the till.',
  },
  till: {
    title: 'Pair the first till',
    lead: 'The till is a tablet or a computer with a camera, beside the cash register.',
  },
  poster: {
    title: 'Invite your customers',
    lead: 'Print the poster and put it where people wait. One scan, one tap, and they are in.',
    finish: 'Finish',
  },
};
