import type { Instant } from '../../../loyalty/basics.ts';
import type { Profile } from '../../../protocol/documents.ts';

/** What stands in the fields of the sheet. */
export interface MemberForm {
  readonly name: string;
  readonly callName: string;
  readonly phone: string;
  readonly birthday: string;
  readonly consent: boolean;
}

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** `04-23`, `4.23.`, `4/23` as `MM-DD`; null for what is no day of a year. */
export function readBirthday(text: string): string | null {
  const parts = /^\s*(\d{1,2})\s*[-./ ]\s*(\d{1,2})\s*\.?\s*$/.exec(text) ?? /^\s*(\d{2})(\d{2})\s*$/.exec(text);
  const [month, day] = [Number(parts?.[1]), Number(parts?.[2])];
  const days = DAYS[month - 1];
  if (!parts || days === undefined || day < 1 || day > days) return null;
  return `${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** Without prefix, the shortest numbers that shops here will meet; the leading 0 of a national prefix makes them longer. */
const WHOLE = 8;
const WHOLE_WITH_ZERO = 10;

/** Whether these digits can be all of a phone number, and not just its end, by which somebody was looked for. */
export const isWholeNumber = (digits: string): boolean =>
  digits.length >= (digits.startsWith('0') ? WHOLE_WITH_ZERO : WHOLE);

export function problemsOf(form: MemberForm) {
  const digits = form.phone.replaceAll(/\D/g, '').length;
  return {
    nobody: form.name.trim() === '' && form.phone.trim() === '',
    phone: form.phone.trim() !== '' && (digits < 6 || digits > 15),
    birthday: form.birthday.trim() !== '' && readBirthday(form.birthday) === null,
    consent: form.consent && form.name.trim() === '',
  };
}

/** The profile's fields; consent is kept with its wording, time and channel, and only when it changed. */
export function fieldsOf(
  form: MemberForm,
  before: Profile | null,
  wording: string,
  at: Instant,
): Partial<Omit<Profile, 'member'>> {
  const text = (value: string) => value.trim() || null;
  const given = before?.marketing?.given ?? false;
  return {
    name: text(form.name),
    callName: text(form.callName),
    phone: text(form.phone),
    birthday: readBirthday(form.birthday),
    ...(form.consent === given ? {} : { marketing: { given: form.consent, at, channel: 'till', wording } }),
  };
}
