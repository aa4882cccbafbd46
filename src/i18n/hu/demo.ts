import type { DemoMessages } from '../en/demo.ts';

/** A bemutató kezdőlapja, magyarul. */
export const demoHu: DemoMessages = {
  title: 'Regulars · bemutató',
  badge: 'Bemutató',
  headline: 'Törzsvendégprogram, amely hálózat nélkül sem áll meg',
  lead: 'Ez a „Kávé & Kenyér”, egy kitalált kávézó kitalált vendégekkel. Bármi kipróbálható: itt semmi sem valódi, és éles telepítésben ebből semmi sincs benne.',
  till: {
    title: 'A pult mögött',
    text: 'A kasszán név és PIN kell. Utána érdemes kikapcsolni a hálózatot, és folytatni.',
    action: 'Kassza megnyitása',
    pins: 'PIN-kódok',
    staff: 'munkatárs',
    manager: 'műszakvezető',
    typed: 'Párosító kód másik táblagéphez',
    find: 'Keresés a telefonszám végével',
  },
  card: {
    title: 'Nóra szerepében',
    text: 'Nyolc pecsétje van, a következővel betelik a kártyája. Ezt a kódot kell a kassza kamerája elé tartani (telefonnal lefényképezve), vagy beírni az alatta lévőt.',
    action: 'Nóra kártyája',
    qr: 'Nóra kártyájának QR-kódja',
    typed: 'Beírható kód',
  },
  office: {
    title: 'Tulajdonosként',
    text: 'Egy nap mindkét kasszáról, egy kétszer kiadott ajándék, és a program, amely átírható.',
    action: 'Iroda megnyitása',
    login: 'E-mail-cím és jelszó',
  },
  own: 'Saját üzlethez a szervert REGULARS_MODE=live beállítással kell indítani: kiír egy beállító linket. A többi a README-ben áll.',
};
