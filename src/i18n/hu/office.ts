import { officeData } from './office/data.ts';
import { officeMembers } from './office/members.ts';
import { officePoster } from './office/poster.ts';
import { officeProgram } from './office/program.ts';
import { officeSettings } from './office/settings.ts';
import { officeSetup, officeSignIn } from './office/setup.ts';
import { officeStaff } from './office/staff.ts';
import { officeTills } from './office/tills.ts';
import { officeFlags, officePatterns, officeToday } from './office/today.ts';
import type { OfficeMessages } from '../en/office.ts';

/** Amit az iroda mond, magyarul. Személytelen; a rag sosem tapad változóra. */
export const officeHu: OfficeMessages = {
  appName: 'Iroda',
  common: {
    save: 'Mentés',
    saved: 'Mentve',
    continue: 'Tovább',
    back: 'Vissza',
    cancel: 'Mégse',
    close: 'Bezárás',
    add: 'Hozzáadás',
    remove: 'Törlés',
    edit: 'Szerkesztés',
    retry: 'Újra',
    loading: 'Betöltés…',
    never: 'soha',
    signOut: 'Kilépés',
    demo: 'Bemutató',
    someone: 'Kártya nélkül',
    unknownPerson: 'ismeretlen',
    optional: 'nem kötelező',
  },
  errors: {
    offlineTitle: 'Nincs kapcsolat a szerverrel',
    offline: 'A kasszák tovább dolgoznak, és mindent megőriznek. Ez az oldal a hálózattal együtt visszatér.',
    failedTitle: 'Ezt nem sikerült betölteni',
    failed: 'Hiba történt a szerveren. Semmi sem változott.',
    notSaved: 'Nincs elmentve. Érdemes újra megpróbálni.',
    notSavedOffline: 'Nincs elmentve: nincs kapcsolat a szerverrel.',
    signedOut: 'A munkamenet lejárt. Újra be kell lépni.',
    setupLink: 'Ez a beállító link már nem érvényes. A szerver újraindításkor ír ki egy újat.',
    setupDone: 'A tulajdonosi fiók már létezik. Be lehet lépni.',
    wrongLogin: 'Az e-mail-cím vagy a jelszó nem jó.',
    wait: (p) => `Túl sok próbálkozás. Várni kell még: ${p.time}.`,
    pinLength: (p) => `A PIN ${p.digits} számjegy.`,
    pinObvious: 'Ez a PIN túl könnyen kitalálható.',
    pinTaken: 'Ez a PIN már valaki másé. Másikat kell választani.',
    lastOwner: 'Az utolsó aktív tulajdonosnak maradnia kell.',
    programChanged: 'A program közben máshol megváltozott. Újratöltés után lehet módosítani.',
    programInvalid: 'A program így nem működne. A jelölt mezőket kell átnézni.',
    currencyFixed: 'A pénznem marad, mert már vannak benne eladások.',
    notFound: 'Ez már nincs meg.',
    required: 'Ezt ki kell tölteni.',
    email: 'Ez még nem e-mail-cím.',
    passwordShort: (p) => `Legalább ${p.min} karakter.`,
  },
  signIn: officeSignIn,
  setup: officeSetup,
  nav: {
    label: 'Iroda',
    today: 'Ma',
    program: 'Program',
    members: 'Törzsvendégek',
    staff: 'Csapat',
    tills: 'Kasszák',
    poster: 'Plakát',
    data: 'Adatok',
    settings: 'Beállítások',
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
