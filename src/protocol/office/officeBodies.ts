import { z } from 'zod';
import { CURRENCIES, LANGUAGES, PASSWORD_MAX, PASSWORD_MIN } from './officeRules.ts';
import type { StaffRole } from './officeRules.ts';
import { programSchema } from '../schemas/programSchema.ts';

/** What the office sends; see `officeApi.ts`. Apart from it, so that the screens do not load the checking. */
const name = z.string().trim().min(1).max(80);
const email = z.string().trim().toLowerCase().max(200).pipe(z.email());
const password = z.string().min(PASSWORD_MIN).max(PASSWORD_MAX);
const pin = z.string().regex(/^\d{4,6}$/);
const role = z.enum(['staff', 'manager', 'owner']) satisfies z.ZodType<StaffRole>;
const day = z.iso.date();

export const setupTokenBody = z.object({ token: z.string().min(1).max(200) });
export const ownerBody = setupTokenBody.extend({ name, email, password });
export const signInBody = z.object({ email, password: z.string().min(1).max(PASSWORD_MAX) });
export const changePasswordBody = z.object({ current: z.string().max(PASSWORD_MAX), next: password });

export const businessBody = z.object({
  name,
  currency: z.string().refine((code) => Object.hasOwn(CURRENCIES, code)),
  timeZone: z.string().min(1).max(60).refine(isTimeZone),
  cutOverHour: z.int().min(0).max(12),
  languages: z
    .array(z.enum(LANGUAGES))
    .min(1)
    .refine((all) => new Set(all).size === all.length),
  color: z.string().regex(/^#[0-9a-f]{6}$/),
  address: z.enum(['te', 'on']),
});

/** `basis`: hash of the version that was edited; another one in force by now is a conflict, not overwritten. */
export const programBody = z.object({ program: programSchema, basis: z.string().max(100) });
export const newStaffBody = z.object({ name, role, pin });
export const staffChangeBody = z.object({
  name: name.optional(),
  role: role.optional(),
  active: z.boolean().optional(),
  pin: pin.optional(),
});
const minutes = z
  .int()
  .min(0)
  .max(28 * 60);
/** `hours`: by weekday, Monday first; `null` takes them away. */
export const locationBody = z.object({
  name,
  hours: z
    .array(z.object({ from: minutes, to: minutes }).nullable())
    .length(7)
    .nullable()
    .optional(),
});
export const patternBody = z.object({ id: z.string().min(1).max(300) });
/** `replaces`: the till whose name and place the new tablet takes. */
export const pairingBody = z.object({
  name,
  location: z.string().min(1).max(80),
  replaces: z.string().min(1).max(100).optional(),
});
export const deviceChangeBody = z.object({ name });
export const balanceCheckBody = z.object({ repair: z.boolean() });
export const memberQuery = z.object({ query: z.string().max(100) });
export const closeExceptionBody = z.object({
  id: z.string().min(1).max(400),
  note: z.string().trim().max(500),
  lift: z.boolean(),
});
export const dayQuery = z.object({ day: day.optional() });

/** The part of a business that its owner sets. */
export type BusinessSettings = z.infer<typeof businessBody>;

function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).format(0) !== '';
  } catch {
    return false;
  }
}
