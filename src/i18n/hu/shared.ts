import type { SharedMessages } from '../en/shared.ts';

const ORDINALS: Readonly<Record<number, string>> = {
  4: 'negyedik',
  5: 'ötödik',
  6: 'hatodik',
  7: 'hetedik',
  8: 'nyolcadik',
  9: 'kilencedik',
  10: 'tizedik',
  11: 'tizenegyedik',
  12: 'tizenkettedik',
  13: 'tizenharmadik',
};

export const shared: SharedMessages = {
  close: 'Bezárás',
  cancel: 'Mégse',
  save: 'Mentés',
  back: 'Vissza',
  next: 'Tovább',
  done: 'Kész',
  retry: 'Újra',
  loading: 'Egy pillanat…',
  optional: 'nem kötelező',
  yes: 'Igen',
  no: 'Nem',
  language: 'Nyelv',
  unexpected: 'Valami nem sikerült.',
  points: (p) => `${p.n} pont`,
  stamps: (p) => `${p.n} pecsét`,
  cardProgress: (p) => `${p.filled} / ${p.takes}${p.giftAt === null ? '' : `, ${giftAt(p.giftAt)}`}`,
  stampCardLabel: (p) => `${p.takes} pecsétből ${p.filled} megvan`,
  moreStamps: (p) => `még ${p.n} pecsét`,
  morePoints: (p) => `még ${p.n} pont`,
  expires: (p) => `${p.amount} lejár: ${p.day}`,
  demo: 'Bemutató',
};

/** In words as far as the words are short; only "ötödik" takes another article. */
function giftAt(slot: number): string {
  const word = ORDINALS[slot];
  if (!word) return 'a végén ajándék';
  return `${word.startsWith('ö') ? 'az' : 'a'} ${word} ajándék`;
}
