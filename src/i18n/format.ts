/** The languages that every screen speaks. */
export type Language = 'en' | 'hu';

export const languages: readonly Language[] = ['en', 'hu'];

/** What a screen needs to write numbers, money and time; made once per language. */
export interface Format {
  readonly language: Language;
  readonly locale: string;
  /** Integer in the currency's scale (`HUF` 0, `EUR` 2) as people write it, grouped always: `2 400 Ft`. */
  readonly money: (amount: number, currency: Currency) => string;
  readonly number: (value: number) => string;
  /** Signed, with a real minus: `+12`, `−3`. */
  readonly signed: (value: number) => string;
  /** `YYYY-MM-DD` as `30 Nov` / `nov. 30.`. */
  readonly day: (day: string) => string;
  /** `YYYY-MM-DD` with the year and the month in full. */
  readonly longDay: (day: string) => string;
  /** `YYYY-MM-DD` as "until": `until 30 Nov` / `nov. 30-ig`. */
  readonly untilDay: (day: string) => string;
  /** An instant as the clock of the shop shows it, `14:05`. */
  readonly time: (at: number, timeZone?: string) => string;
  readonly dateTime: (at: number, timeZone?: string) => string;
  /** How long something has lasted: `38 min` / `38 perce`. Never less than a minute. */
  readonly age: (ms: number) => string;
  /** A length of time by itself: `38 min` / `38 perc`. Never less than a minute. */
  readonly duration: (ms: number) => string;
  /** How long ago something was: `just now`, `2 min ago` / `2 perce`. */
  readonly ago: (ms: number) => string;
  /** Time left, `4:57`. */
  readonly countdown: (ms: number) => string;
  /** `have` of `need`, in whole percent, floored: 100 only when it is all. */
  readonly percent: (have: number, need: number) => string;
  readonly list: (parts: readonly string[]) => string;
}

interface Currency {
  readonly currency: string;
  readonly scale: number;
}

const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', hu: 'hu-HU' };

export function createFormat(language: Language): Format {
  const locale = LOCALES[language];
  const numbers = new Intl.NumberFormat(locale, { useGrouping: 'always', maximumFractionDigits: 0 });
  const shortDays = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' });
  const longDays = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
  const number = (value: number) => numbers.format(value).replace(/^-/, '−');
  const day = (of: string) => shortDays.format(noon(of));
  const clock = (at: number, timeZone: string | undefined, date: boolean) =>
    new Intl.DateTimeFormat(locale, {
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      ...(date ? { day: 'numeric', month: 'short' } : {}),
      ...(timeZone === undefined ? {} : { timeZone }),
    }).format(at);
  const ages = AGES[language];
  return {
    language,
    locale,
    money: (amount, currency) => money(locale, amount, currency),
    number,
    signed: (value) => (value > 0 ? `+${number(value)}` : number(value)),
    day,
    longDay: (of) => longDays.format(noon(of)),
    untilDay: (of) => (language === 'hu' ? `${day(of).replace(/\.$/, '')}-ig` : `until ${day(of)}`),
    time: (at, timeZone) => clock(at, timeZone, false),
    dateTime: (at, timeZone) => clock(at, timeZone, true),
    age: (ms) => ages.since(...span(ms)),
    duration: (ms) => ages.length(...span(ms)),
    ago: (ms) => (ms < 45_000 ? ages.now : ages.ago(...span(ms))),
    countdown: (ms) => {
      const seconds = Math.max(0, Math.ceil(ms / 1000));
      return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
    },
    percent: (have, need) =>
      `${need > 0 ? Math.max(0, Math.floor((have * 100) / need)) : 0}${language === 'hu' ? '\u00a0' : ''}%`,
    list: (parts) => new Intl.ListFormat(locale, { type: 'conjunction' }).format(parts),
  };
}

type Span = readonly [number, 'minute' | 'hour' | 'day'];

function span(ms: number): Span {
  const minutes = Math.max(1, Math.floor(ms / 60_000));
  if (minutes < 60) return [minutes, 'minute'];
  if (minutes < 48 * 60) return [Math.floor(minutes / 60), 'hour'];
  return [Math.floor(minutes / (24 * 60)), 'day'];
}

const HU_LENGTH = { minute: 'perc', hour: 'óra', day: 'nap' };
const HU_SINCE = { minute: 'perce', hour: 'órája', day: 'napja' };

const AGES = {
  en: {
    now: 'just now',
    since: (n: number, unit: Span[1]) => (unit === 'minute' ? `${n} min` : unit === 'hour' ? `${n} h` : `${n} days`),
    ago: (n: number, unit: Span[1]) => `${AGES.en.since(n, unit)} ago`,
    length: (n: number, unit: Span[1]): string => AGES.en.since(n, unit),
  },
  hu: {
    now: 'az imént',
    since: (n: number, unit: Span[1]) => `${n} ${HU_SINCE[unit]}`,
    ago: (n: number, unit: Span[1]) => `${n} ${HU_SINCE[unit]}`,
    length: (n: number, unit: Span[1]) => `${n} ${HU_LENGTH[unit]}`,
  },
};

/** A shop's day as an instant that no time zone moves to another day. */
const noon = (day: string): number => Date.parse(`${day}T12:00:00Z`);

function money(locale: string, amount: number, { currency, scale }: Currency): string {
  // Forints are written with "Ft" behind them in every language of the shop; Intl would say "HUF 2,400" in English.
  const value = amount / 10 ** scale;
  if (currency === 'HUF') {
    const digits = new Intl.NumberFormat(locale, { useGrouping: 'always', maximumFractionDigits: 0 }).format(value);
    return `${digits.replace(/^-/, '−')}\u00a0Ft`;
  }
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    useGrouping: 'always',
    minimumFractionDigits: scale,
    maximumFractionDigits: scale,
  })
    .format(value)
    .replace(/^-/, '−');
}

/** `percent` of an amount, floored: nobody is promised a forint that is not there. */
export const percentOf = (amount: number, percent: number): number => Math.floor((amount * percent) / 100);

/** A program's text in the language asked for, else in the business's own, else in any. */
export function textIn(text: Readonly<Record<string, string>>, language: string, fallback: string): string {
  return text[language] || text[fallback] || Object.values(text).find((value) => value !== '') || '';
}

/** The language to start in: the first of the wishes that is spoken here. */
export function chooseLanguage(wishes: readonly (string | null | undefined)[]): Language {
  for (const wish of wishes) {
    const found = languages.find((language) => wish?.toLowerCase().startsWith(language));
    if (found) return found;
  }
  return 'en';
}
