/** Export, and checking balances. */
export const officeData = {
  title: 'Data',
  lead: 'The ledger is yours: every entry exactly as the till signed it, with what the server booked.',
  ndjson: 'Ledger, complete (NDJSON)',
  ndjsonText: 'One line an entry: its original bytes and the booking. Made to be checked and kept.',
  csv: 'Ledger as a table (CSV)',
  csvText: 'One row an entry, for a spreadsheet. Without names and phone numbers.',
  verify: 'Check the ledger yourself',
  verifyText:
    'A small script that needs nothing but Node: it checks every hash and the chain of the complete ledger. “node verify-ledger.mjs” and the name of the file.',
  balances: {
    title: 'Check balances',
    about:
      'Works every balance out again from the ledger and compares. The difference has to be zero. Selling goes on meanwhile.',
    run: 'Check now',
    repair: 'Set to what the ledger says',
    working: 'Checking balances',
    progress: (p: { done: string; of: string }) => `${p.done} of ${p.of} entries`,
    fine: 'The difference is zero.',
    wrong: 'Something differs.',
    counts: (p: { members: string; entries: string; seconds: string; time: string }) =>
      `${p.members} members, ${p.entries} entries, ${p.seconds} s, checked ${p.time}`,
    differing: (p: { n: string }) => `Balances that are not what the ledger says: ${p.n}`,
    shares: (p: { n: string }) => `Limited offers whose count is not what the ledger says: ${p.n}`,
    sharesRepaired: (p: { n: string }) => `Counts of limited offers set to what the ledger says: ${p.n}`,
    repaired: (p: { n: string }) =>
      `Set to what the ledger says: ${p.n}. Tills follow when they next load all members.`,
    chain: 'Chain of the ledger:',
    faults: {
      missing: (p: { n: string }) => `Entry ${p.n} of the ledger is missing.`,
      changed: (p: { n: string }) => `Entry ${p.n} of the ledger was changed.`,
      chain: (p: { n: string }) => `The chain of the ledger breaks at entry ${p.n}.`,
    },
  },
  download: 'Download',
};
