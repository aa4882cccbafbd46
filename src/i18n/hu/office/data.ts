import type { OfficeMessages } from '../../en/office.ts';

export const officeData: OfficeMessages['data'] = {
  title: 'Adatok',
  lead: 'A főkönyv az üzleté: minden bejegyzés pontosan úgy, ahogyan a kassza aláírta, és amit a szerver könyvelt.',
  ndjson: 'Főkönyv, teljes (NDJSON)',
  ndjsonText: 'Soronként egy bejegyzés: az eredeti bájtok és a könyvelés. Ellenőrzésre, megőrzésre.',
  csv: 'Főkönyv táblázatban (CSV)',
  csvText: 'Soronként egy bejegyzés, táblázatkezelőhöz. Nevek és telefonszámok nélkül.',
  verify: 'A főkönyv ellenőrzése saját kézzel',
  verifyText:
    'Kis program, amelyhez csak Node kell: a teljes főkönyv minden ujjlenyomatát és a láncot ellenőrzi. „node verify-ledger.mjs”, majd a fájl neve.',
  balances: {
    title: 'Egyenlegek ellenőrzése',
    about:
      'Minden egyenleget újra kiszámol a főkönyvből, és összeveti. Az eltérésnek nullának kell lennie. Közben lehet eladni.',
    run: 'Ellenőrzés most',
    repair: 'Beállítás a főkönyv szerint',
    working: 'Egyenlegek ellenőrzése',
    progress: (p: { done: string; of: string }) => `${p.done} / ${p.of} bejegyzés`,
    fine: 'Az eltérés nulla.',
    wrong: 'Eltérés van.',
    counts: (p: { members: string; entries: string; seconds: string; time: string }) =>
      `${p.members} törzsvendég, ${p.entries} bejegyzés, ${p.seconds} mp, ellenőrizve: ${p.time}`,
    differing: (p: { n: string }) => `A főkönyvtől eltérő egyenlegek: ${p.n}`,
    shares: (p: { n: string }) => `Korlátozott ajánlatok, amelyek száma eltér a főkönyvtől: ${p.n}`,
    sharesRepaired: (p: { n: string }) => `Korlátozott ajánlatok száma beállítva a főkönyv szerint: ${p.n}`,
    repaired: (p: { n: string }) =>
      `A főkönyv szerint beállítva: ${p.n}. A kasszák akkor követik, amikor legközelebb minden törzsvendéget betöltenek.`,
    chain: 'A főkönyv lánca:',
    faults: {
      missing: (p: { n: string }) => `A főkönyv ${p.n}. bejegyzése hiányzik.`,
      changed: (p: { n: string }) => `A főkönyv ${p.n}. bejegyzése megváltozott.`,
      chain: (p: { n: string }) => `A főkönyv lánca a ${p.n}. bejegyzésnél megszakad.`,
    },
  },
  download: 'Letöltés',
};
