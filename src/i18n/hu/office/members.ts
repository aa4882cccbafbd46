import type { OfficeMessages } from '../../en/office.ts';

export const officeMembers: OfficeMessages['members'] = {
  title: 'Törzsvendégek',
  lead: 'Itt kereshető, mi van egy törzsvendég kártyáján, és itt törölhető, aki kéri.',
  search: 'Név, telefonszám vagy e-mail',
  searchHint: 'Legalább két betű, vagy a telefonszám négy számjegye.',
  none: 'Nincs találat',
  noneHelp:
    'A név nélküli törzsvendég az azonosítójával kereshető, amely a táblázatos főkönyvben áll (Adatok). A saját kártyáján, a menüben magát is törölheti.',
  nameless: 'Név nélküli törzsvendég',
  noContact: 'nincs telefonszám, nincs e-mail',
  balance: (p: { unit: string; n: string }) => `${p.unit}: ${p.n}`,
  lastVisit: (p: { day: string }) => `utoljára itt: ${p.day}`,
  neverCame: 'még nem járt itt',
  erase: 'Törlés',
  eraseTitle: (p: { name: string }) => `Törlés: ${p.name}`,
  what: [
    'A név, a telefonszám, az e-mail és a hozzájárulások törlődnek: itt azonnal, minden kasszán a következő szinkronkor, a régebbi mentésekben pedig olvashatatlanná válnak.',
    'A kártyák érvénytelenek lesznek, és a kártya eltűnik a telefonról. A pecsétek, pontok és jutalmak többé nem használhatók fel.',
    'Az eladások egy véletlen azonosító alatt a főkönyvben maradnak, így minden összeg helyes marad.',
    'Ez nem vonható vissza.',
  ],
  typeToErase: (p: { word: string }) => `Megerősítéshez be kell írni: ${p.word}`,
  word: 'TÖRLÉS',
  eraseNow: 'Végleges törlés',
  erased: 'Törölve. A kasszák a következő szinkronkor követik.',
};
