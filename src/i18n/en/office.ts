import { officeData } from './office/data.ts';
import { officeMembers } from './office/members.ts';
import { officePoster } from './office/poster.ts';
import { officeProgram } from './office/program.ts';
import { officeSettings } from './office/settings.ts';
import { officeSetup, officeSignIn } from './office/setup.ts';
import { officeStaff } from './office/staff.ts';
import { officeTills } from './office/tills.ts';
import { officeFlags, officePatterns, officeToday } from './office/today.ts';

/** What the back office says, in English. */
export const officeEn = {
  appName: 'Back office',
  common: {
    save: 'Save',
    saved: 'Saved',
    continue: 'Continue',
    back: 'Back',
    cancel: 'Cancel',
    close: 'Close',
    add: 'Add',
    remove: 'Remove',
    edit: 'Edit',
    retry: 'Try again',
    loading: 'Loading…',
    never: 'never',
    signOut: 'Sign out',
    demo: 'Demo',
    someone: 'No card',
    unknownPerson: 'unknown',
    optional: 'optional',
  },
  errors: {
    offlineTitle: 'No connection to the server',
    offline: 'The tills go on working and keep everything. This page comes back with the network.',
    failedTitle: 'That did not load',
    failed: 'The server had a problem with it. Nothing was changed.',
    notSaved: 'Not saved. Please try again.',
    notSavedOffline: 'Not saved: no connection to the server.',
    signedOut: 'The session has ended. Please sign in again.',
    setupLink: 'This set-up link is no longer valid. Start the server again: it prints a new one.',
    setupDone: 'The owner account exists already. Please sign in.',
    wrongLogin: 'E-mail or password is not right.',
    wait: (p: { time: string }) => `Too many tries. Please wait ${p.time}.`,
    pinLength: (p: { digits: number }) => `The PIN needs ${p.digits} digits.`,
    pinObvious: 'This PIN is too easy to guess.',
    pinTaken: 'Somebody else has this PIN. Please choose another one.',
    lastOwner: 'The last active owner has to stay.',
    programChanged: 'The program was changed elsewhere in the meantime. Load it again, then make the change.',
    programInvalid: 'The program does not hold together. Please check the marked fields.',
    currencyFixed: 'The currency stays, since there are sales in it already.',
    notFound: 'This is no longer here.',
    required: 'Please fill this in.',
    email: 'This is not an e-mail address yet.',
    passwordShort: (p: { min: number }) => `At least ${p.min} characters.`,
  },
  signIn: officeSignIn,
  setup: officeSetup,
  nav: {
    label: 'Back office',
    today: 'Today',
    program: 'Program',
    members: 'Members',
    staff: 'Staff',
    tills: 'Tills',
    poster: 'Poster',
    data: 'Data',
    settings: 'Settings',
  },
  today: officeToday,
  patterns: officePatterns,
  flags: officeFlags,
  program: officeProgram,
  staff: officeStaff,
  tills: officeTills,
  poster: officePoster,
  members: officeMembers,
  data: officeData,
  settings: officeSettings,
};

export type OfficeMessages = typeof officeEn;
