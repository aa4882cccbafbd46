import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import perfHooks from 'node:perf_hooks';
import zlib from 'node:zlib';

/**
 * What Node does on other threads ends at any time, and a run would not be the same twice. Here it is done at once; what
 * nobody needs is refused, so that it is noticed where a part of the product begins to use it.
 */
type Callback = (error: Error | null, result?: Buffer) => void;

function atOnce<A extends readonly unknown[]>(work: (...given: A) => Buffer) {
  return (...given: unknown[]) => {
    const done = given.pop() as Callback;
    try {
      done(null, work(...(given as unknown as A)));
    } catch (error) {
      done(error as Error);
    }
  };
}

Object.assign(zlib, { gzip: atOnce(zlib.gzipSync), gunzip: atOnce(zlib.gunzipSync) });
Object.assign(crypto, { pbkdf2: atOnce(crypto.pbkdf2Sync) });
// Each server process would watch this one's garbage collector and event loop: for ever, and thousands of them.
perfHooks.PerformanceObserver.prototype.observe = () => undefined;
Object.assign(perfHooks, {
  monitorEventLoopDelay: () => Object.assign(perfHooks.createHistogram(), { enable: () => true, disable: () => true }),
});
syncBuiltinESMExports();

/** From here on nobody uses WebCrypto; libraries that look at it when they are loaded have done so. */
export function forbidWebCrypto(): void {
  const refuse = (name: string) => () => Promise.reject(new Error(`WebCrypto's ${name} has no place in a simulation`));
  const names = [
    'digest',
    'sign',
    'verify',
    'importKey',
    'exportKey',
    'generateKey',
    'deriveBits',
    'encrypt',
    'decrypt',
  ];
  for (const name of names) Object.defineProperty(globalThis.crypto.subtle, name, { value: refuse(name) });
}
