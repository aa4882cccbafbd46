import { createHash } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';

/**
 * The two style elements that React Aria adds to a page by itself (a pressable's touch-action; no scrolling behind an open
 * dialog). They are allowed by the hash of their exact text and by nothing else; a test compares them with the library.
 */
export const LIBRARY_STYLES = [
  '@layer {\n  [data-react-aria-pressable] {\n    touch-action: pan-x pan-y pinch-zoom;\n  }\n}',
  '@layer {\n  * {\n    overscroll-behavior: contain;\n  }\n}',
] as const;

const styleHashes = LIBRARY_STYLES.map((text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`);

/**
 * What a page of ours may do: load its own files, talk to its own server, use its own workers and the camera. No inline
 * script, no inline style but the two above, no other origin. `wasm-unsafe-eval` lets the scanner's WebAssembly run and nothing else.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  `style-src 'self' ${styleHashes.join(' ')}`,
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "media-src 'self' blob:",
  "base-uri 'none'",
  "object-src 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * The office has neither workers nor a scanner, so there no text at all may become script; the other apps name the files of
 * their workers by text, which this would forbid. The office's one policy (`trustNothing.ts`) lets only the empty text through.
 */
const OFFICE_POLICY = `${POLICY}; require-trusted-types-for 'script'; trusted-types default`;

/** Security headers on every answer. */
export function securityHeaders(https: boolean): MiddlewareHandler {
  return async (c, next) => {
    await next();
    c.header('Content-Security-Policy', c.req.path.startsWith('/office/') ? OFFICE_POLICY : POLICY);
    c.header('X-Content-Type-Options', 'nosniff');
    c.header('Referrer-Policy', 'no-referrer');
    c.header('Permissions-Policy', 'camera=(self), microphone=(), geolocation=(), payment=(), usb=()');
    c.header('Cross-Origin-Opener-Policy', 'same-origin');
    c.header('Cross-Origin-Resource-Policy', 'same-origin');
    if (https) c.header('Strict-Transport-Security', 'max-age=31536000; includeSubDomains');
  };
}
