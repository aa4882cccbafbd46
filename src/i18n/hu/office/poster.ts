import type { OfficeMessages } from '../../en/office.ts';

export const officePoster: OfficeMessages['poster'] = {
  title: 'Plakát',
  lead: 'A4. Oda való, ahol a vendégek várakoznak.',
  print: 'Nyomtatás',
  headlineStamps: (p) => `${p.takes} pecsét után ajándék jár`,
  headlineStampsExtra: (p) => `${p.takes} pecsét után ajándék jár`,
  headlinePoints: 'Itt minden látogatás ér valamit',
  step1: 'Kód beolvasása a telefonnal',
  step2: 'Egy koppintás, és kész a kártya',
  step3: 'Fizetéskor elég felmutatni',
  small: 'Nem kell alkalmazás, nem kell fiók. Internet nélkül is működik.',
  notOnline:
    'A kód olyan címre mutat, amelyet a telefonok nem érnek el. Előbb be kell állítani a szerver nyilvános címét (README).',
  language: 'A plakát nyelve',
};
