import type { OfficeMessages } from '../../en/office.ts';

export const officeSignIn: OfficeMessages['signIn'] = {
  title: 'Belépés',
  email: 'E-mail-cím',
  password: 'Jelszó',
  submit: 'Belépés',
  demoTitle: 'Ez a bemutató',
  demoText: 'Kitalált vendégek, kitalált eladások. Bármi átírható.',
  demoFill: 'Belépés mintaadatokkal',
  needsOwnerTitle: 'Még nincs beállítva',
  needsOwner: 'A szerver induláskor kiír a naplójába egy beállító linket. Ezen a gépen azt megnyitva lehet kezdeni.',
};

export const officeSetup: OfficeMessages['setup'] = {
  title: 'Beállítás',
  progress: (p) => `${p.n}. lépés, összesen ${p.of}`,
  later: 'Később minden módosítható. Bármikor abbahagyható, és innen folytatható.',
  skip: 'Később',
  steps: {
    owner: 'Saját fiók',
    business: 'Az üzlet',
    program: 'A program',
    staff: 'A csapat',
    till: 'Az első kassza',
    poster: 'A plakát',
  },
  owner: {
    title: 'Kié az üzlet?',
    lead: 'Ezzel a fiókkal lehet belépni ide, az irodába. A kasszánál elég egy PIN.',
    name: 'Név',
    email: 'E-mail-cím',
    password: 'Jelszó',
    passwordHint: (p) => `Legalább ${p.min} karakter. Egy mondatot könnyű megjegyezni.`,
    show: 'Jelszó megjelenítése',
    hide: 'Jelszó elrejtése',
    submit: 'Fiók létrehozása',
    checking: 'A beállító link ellenőrzése…',
  },
  business: {
    title: 'Az üzlet',
    lead: 'Ahogyan a vendégek a kártyájukon látják.',
  },
  program: {
    title: 'Mit gyűjtsenek a vendégek?',
    lead: 'Kiindulásnak elég az egyik, aztán a nevek és a számok átírhatók.',
    chooseFirst: 'A három közül egyet kell választani.',
  },
  staff: {
    title: 'Kik állnak a kasszánál?',
    lead: 'Mindenkinek saját PIN-je van, így minden pecsétnek és ajándéknak van gazdája. Ami a munkatársnak nem szabad, azt a műszakvezető hagyja jóvá.',
    ownerPin: 'Az első legyen a tulajdonos: ő a kasszánál mindent jóváhagyhat.',
    needOne: 'A kassza nyitásához legalább egy ember kell.',
  },
  till: {
    title: 'Az első kassza párosítása',
    lead: 'A kassza egy kamerás táblagép vagy számítógép a pénztárgép mellett.',
  },
  poster: {
    title: 'Jöhetnek a vendégek',
    lead: 'A kinyomtatott plakát oda való, ahol várakoznak. Egy beolvasás, egy koppintás, és kész a kártya.',
    finish: 'Kész',
  },
};
