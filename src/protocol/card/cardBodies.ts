import * as z from 'zod/mini';

/** What the customer's phone sends; see `cardApi.ts`. Apart from it, so that the phone does not load the checking. */
const shop = z.string().check(z.minLength(1), z.maxLength(80));
const token = z.string().check(z.regex(/^[a-z2-7]{144}(?:[a-z2-7]{13})?$/i));
/** Made by the phone once per press of the button, so that a double tap or a lost answer joins once. */
const joinId = z.uuid();
const language = z.string().check(z.regex(/^[a-z]{2}$/));
const name = z.nullable(z.string().check(z.trim(), z.maxLength(80)));

export const joinBody = z.object({ shop, join: joinId, language });
export const foundBody = z.object({ token });
export const claimBody = z.object({ token, join: joinId, language });
export const profileBody = z.object({ name, callName: name, language: z.optional(language) });
export const recoverBody = z.object({ code: z.string().check(z.maxLength(40)) });
export const voucherBody = z.object({
  reward: z.string().check(z.minLength(1), z.maxLength(100)),
  voucher: z.nullable(z.string().check(z.minLength(1), z.maxLength(300))),
});
export const comebackBody = z.object({ key: z.string().check(z.regex(/^[\w-]{20,200}$/)) });
