import * as z from 'zod/mini';

// Browsers run under a policy that forbids generated code; do not even try it there.
if ('document' in globalThis || 'importScripts' in globalThis) z.config({ jitless: true });

/** Small schemas that several messages share. */
export const id = z.string().check(z.minLength(1), z.maxLength(100));
/** Names that the engine makes out of rules, events and periods. */
export const longId = z.string().check(z.minLength(1), z.maxLength(300));
export const hash = z.string().check(z.regex(/^[0-9a-f]{64}$/));
export const day = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/));
export const whole = z.int();
export const count = z.int().check(z.nonnegative());
export const positive = z.int().check(z.positive());
export const text = z.string().check(z.maxLength(500));
export const base64Url = z.string().check(z.regex(/^[\w-]{1,200}$/));
export const credentialKind = z.enum(['rotating', 'static', 'printed', 'typed', 'phone', 'manual']);
