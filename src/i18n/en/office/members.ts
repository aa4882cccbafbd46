/** Finding and erasing a member. */
export const officeMembers = {
  title: 'Members',
  lead: 'Find a member, see what is on the card, and erase whoever asks for it.',
  search: 'Name, phone number or e-mail',
  searchHint: 'At least two letters, or four digits of the number.',
  none: 'Nobody found',
  noneHelp:
    'A member without a name is found by the member number in the ledger table (under Data). On their own card, under the menu, they can erase themselves.',
  nameless: 'Member without a name',
  noContact: 'no phone number, no e-mail',
  balance: (p: { unit: string; n: string }) => `${p.unit}: ${p.n}`,
  lastVisit: (p: { day: string }) => `last visit ${p.day}`,
  neverCame: 'no visit yet',
  erase: 'Erase',
  eraseTitle: (p: { name: string }) => `Erase: ${p.name}`,
  what: [
    'Name, phone number, e-mail and consents are deleted: here at once, at every till at its next sync, and in older backups they become unreadable.',
    'The cards are blocked and the card disappears from the phone. Stamps, points and rewards can no longer be used.',
    'Sales stay in the ledger under a random number, so all sums remain right.',
    'This cannot be undone.',
  ],
  typeToErase: (p: { word: string }) => `To confirm, type: ${p.word}`,
  word: 'ERASE',
  eraseNow: 'Erase for good',
  erased: 'Erased. Tills follow at their next sync.',
};
