import type { BusinessSettings } from '../../protocol/office/officeBodies.ts';
import { COLORS } from '../../protocol/office/officeRules.ts';

const CURRENCY_BY_ZONE: Readonly<Record<string, string>> = {
  'Europe/Budapest': 'HUF',
  'Europe/London': 'GBP',
  'Europe/Zurich': 'CHF',
  'Europe/Prague': 'CZK',
  'Europe/Warsaw': 'PLN',
  'Europe/Bucharest': 'RON',
  'Europe/Belgrade': 'RSD',
  'Europe/Stockholm': 'SEK',
  'Europe/Oslo': 'NOK',
  'Europe/Copenhagen': 'DKK',
  'Europe/Istanbul': 'TRY',
  'Europe/Kyiv': 'UAH',
  'Asia/Tokyo': 'JPY',
  'Asia/Seoul': 'KRW',
};

/** A first guess from where the browser is; everything stays open to change. */
export function firstSettings(language: 'en' | 'hu'): BusinessSettings {
  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const american = timeZone.startsWith('America/') ? 'USD' : 'EUR';
  return {
    name: '',
    currency: CURRENCY_BY_ZONE[timeZone] ?? american,
    timeZone,
    cutOverHour: 4,
    languages: language === 'hu' || timeZone === 'Europe/Budapest' ? ['hu', 'en'] : ['en'],
    color: COLORS[0],
    address: 'te',
  };
}
