import type { Event } from '../../protocol/event.ts';

/**
 * An own event from its stored bytes; `null` where the disk gave back something else than was written. One damaged row must
 * not keep a till from opening: its bytes are brought to the server as they are, which sets them aside for the owner.
 */
export function readOwn(bytes: string): Event | null {
  try {
    return JSON.parse(bytes) as Event;
  } catch {
    return null;
  }
}
