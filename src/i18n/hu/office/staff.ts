import type { OfficeMessages } from '../../en/office.ts';

export const officeStaff: OfficeMessages['staff'] = {
  title: 'Csapat',
  lead: 'Mindenki a saját PIN-jével nyitja a kasszát.',
  none: 'Még senki.',
  name: 'Név',
  role: 'Szerep',
  pin: 'PIN',
  pinHint: (p) => `${p.digits} számjegy. Később nem látható.`,
  newPin: 'Új PIN',
  roles: { staff: 'Munkatárs', manager: 'Műszakvezető', owner: 'Tulajdonos' },
  roleTexts: {
    staff: 'Eladást rögzít, jutalmat ad ki.',
    manager: 'Jóváhagyja, ami a munkatársnak nem szabad: késői visszavonás, kiigazítás.',
    owner: 'A kasszánál ugyanaz, és övé az üzlet.',
  },
  add: 'Új munkatárs',
  added: (p) => `Felvéve: ${p.name}`,
  pinChanged: 'A PIN megváltozott. Minden kasszán a következő kapcsolattól él.',
  deactivate: 'Inaktiválás',
  activate: 'Újra aktív',
  inactive: 'inaktív',
  inactiveTitle: 'Már nem dolgozik itt',
  deactivated: (p) => `Inaktív lett: ${p.name}`,
};
