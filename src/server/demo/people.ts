/** A made-up regular. */
export interface DemoPerson {
  readonly name: string;
  readonly callName: string | null;
  readonly language: 'hu' | 'en';
  readonly phone: string;
  /** Joined that many days ago. */
  readonly joined: number;
  /** Comes on about so many of 100 days. */
  readonly often: number;
  /** The till of the shop that is nearer: 0 or 1. */
  readonly till: 0 | 1;
}

/** Whose card the start page shows; her visits are written down one by one. */
export const NORA = 'Kelemen Nóra';

/**
 * Invented as well: +36 60 was the prefix of Hungary's analog mobile network, which is long gone, and 07700 900 is what
 * Britain keeps for films.
 */
const phoneOf = (language: 'hu' | 'en', number: number): string =>
  language === 'hu' ? `+36 60 555 ${4100 + 27 * number}` : `+44 7700 900${100 + 7 * number}`;

export const NORA_PHONE = phoneOf('hu', 1);

const row = (
  name: string,
  joined: number,
  often: number,
  till: 0 | 1 = 0,
  language: 'hu' | 'en' = 'hu',
  callName: string | null = null,
): Omit<DemoPerson, 'phone'> => ({ name, callName, language, joined, often, till });

/** Invented names; any likeness is chance. */
export const PEOPLE: readonly DemoPerson[] = [
  row('Fekete Ágnes', 30, 60, 0, 'hu', 'Ági'),
  row('Horváth Pál', 30, 55),
  row('Szalai Gergő', 30, 45, 1),
  row('Tóth Emese', 30, 40),
  row('Varga László', 30, 38, 0, 'hu', 'Laci'),
  row('Nagy Boglárka', 30, 36, 1, 'hu', 'Bogi'),
  row('Kiss Ádám', 30, 35),
  row('Balogh Réka', 30, 33),
  row('Emma Wilson', 30, 32, 0, 'en', 'Emma'),
  row('Molnár Tamás', 30, 30, 1),
  row('Farkas Judit', 30, 28),
  row('Papp Zoltán', 30, 27, 0, 'hu', 'Zoli'),
  row('Takács Csenge', 29, 30, 1),
  row('Juhász Márton', 28, 28),
  row('Oláh Krisztina', 27, 26, 0, 'hu', 'Kriszti'),
  row('James Cooper', 26, 25, 1, 'en', 'James'),
  row('Simon Hanna', 25, 30),
  row('Fehér Balázs', 24, 22),
  row('Gál Orsolya', 23, 24, 1, 'hu', 'Orsi'),
  row('Kocsis Dávid', 22, 26),
  row('Szűcs Ildikó', 21, 20),
  row('Sophie Martin', 20, 28, 0, 'en', 'Sophie'),
  row('Pintér Levente', 19, 22, 1),
  row('Hegedűs Anna', 18, 30),
  row('Lakatos Péter', 17, 18),
  row('Kerekes Vivien', 16, 24, 1, 'hu', 'Vivi'),
  row('Boros István', 15, 20, 0, 'hu', 'Pista'),
  row('Daniel Schmidt', 14, 26, 0, 'en', 'Daniel'),
  row('Somogyi Luca', 13, 28),
  row('Orbán Viola', 12, 22, 1),
  row('Bíró Kristóf', 11, 24),
  row('Veres Noémi', 9, 30),
  row('Barta Áron', 8, 26, 1),
  row('Lengyel Petra', 7, 32),
  row('Major Olivér', 6, 28),
  row('Őri Zsuzsanna', 5, 34, 0, 'hu', 'Zsuzsi'),
  row('Csonka Bálint', 4, 36, 1),
  row('Sipos Lili', 3, 40),
  row('Antal Máté', 2, 50),
  row('Rácz Dorina', 1, 45, 1),
  row('Vincze Ákos', 0, 100),
].map((person, at) => ({ ...person, phone: phoneOf(person.language, at + 2) }));
