/**
 * The plain words of the engine. Everything here is data: integers and strings, nothing that knows a clock, a currency's
 * name or a language.
 */

/** A calendar day of the shop, `YYYY-MM-DD`: the shop's time zone with its cut-over hour, never UTC. */
export type Day = string;

/** Milliseconds since 1970 UTC. Only for showing and for windows of minutes; order never comes from it. */
export type Instant = number;

/** Money as an integer in the currency's configured scale (HUF 0 decimals, EUR 2). */
export type Money = number;

/** Identifies what is counted: `points`, or the id of one stamp card, or of a money credit. */
export type UnitId = string;

/** A text per language (`{ en: 'Coffee card', hu: 'Kávékártya' }`); see `textIn` for the fall-back. */
export type Text = Readonly<Record<string, string>>;

/** Hour groups of a day, so that base buckets stay small: before 11, to 14, to 17, after. */
export type PartOfDay = 'morning' | 'midday' | 'afternoon' | 'evening';

/** How a member was identified at the counter; rules of risk depend on it. */
export type CredentialKind = 'rotating' | 'static' | 'printed' | 'typed' | 'phone' | 'manual';

/** The pictures that a stamp, a reward or a product can carry; drawn by the ui room. */
export type Picture =
  'cup' | 'gift' | 'cake' | 'scissors' | 'book' | 'plate' | 'star' | 'heart' | 'bag' | 'percent' | 'coin';
