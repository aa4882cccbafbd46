import type { ScanMessages } from '../en/scan.ts';

export const scan: ScanMessages = {
  camera: 'Kamera',
  open: 'Kamera bekapcsolása',
  opening: 'Indul a kamera …',
  suspended: 'A kamera pihen, amíg ez a képernyő nem látszik.',
  retry: 'Újra',
  switchCamera: 'Másik kamera',
  torchOn: 'Fény be',
  torchOff: 'Fény ki',
  mute: 'Hang ki',
  unmute: 'Hang be',
  read: 'Kód beolvasva',
  already: 'Már be van olvasva',
  again: 'Újraolvasás',
  denied: {
    title: 'A kamera nincs engedélyezve',
    help: 'A böngésző beállításaiban lehet engedélyezni ennek az oldalnak. Addig marad a kódolvasó, a telefonszám vagy a kód beírása.',
  },
  missing: {
    title: 'Nincs kamera',
    help: 'Csatlakoztatás után újra lehet próbálni, vagy be lehet írni a kódot.',
  },
  inUse: {
    title: 'A kamerát másik alkalmazás használja',
    help: 'Azt kell bezárni, aztán újra lehet próbálni.',
  },
  frozen: {
    title: 'Nem jön kép a kamerából',
    help: 'Érdemes újra próbálni. Ha nem segít, be kell zárni és újra megnyitni az alkalmazást.',
  },
  unsupported: {
    title: 'Ezen a címen nincs kamera',
    help: 'A böngésző csak biztonságos (https) címen ad kamerát. A kód beírása és a kódolvasó itt is működik.',
  },
  noEngine: {
    title: 'Ez a böngésző nem tud kódot olvasni',
    help: 'Frissíteni kell, vagy marad a kódolvasó, a telefonszám vagy a kód beírása.',
  },
};
