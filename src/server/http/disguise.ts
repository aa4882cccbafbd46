import { createHmac } from 'node:crypto';
import type { Deps } from '../deps.ts';

/**
 * Gives texts names for the log: the same text always has the same one, so that an operator sees who tries again and again, and
 * nobody can find the text by trying. The key lives as long as this process, and is made when it is first needed.
 */
export function createDisguise({ random }: Pick<Deps, 'random'>): (text: string) => string {
  let key: Uint8Array | null = null;
  return (text) => {
    key ??= random.bytes(32);
    return createHmac('sha256', key).update(text).digest('hex').slice(0, 12);
  };
}
