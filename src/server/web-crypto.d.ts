import type { webcrypto } from 'node:crypto';

// Node has the value as a global and the type in a module only; `src/protocol`, which browsers share, needs the name.
declare global {
  interface CryptoKey extends webcrypto.CryptoKey {}
}
