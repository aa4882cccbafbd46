import type { Timers } from '../ports.ts';
import type { Api } from './api.ts';

/** The server sends something every 20 s; a stream that is silent for this long is dead, whatever the socket says. */
const SILENCE_MS = 45_000;

/**
 * Listens until the stream ends or falls silent, and calls `hint` when the server's head has moved. A hint carries no
 * data, so losing one costs time and nothing else. Gives whether there was a stream at all.
 */
export async function listenOnce(
  api: Api,
  timers: Timers,
  signal: AbortSignal,
  hint: () => void,
  opened: () => void,
): Promise<boolean> {
  const stop = new AbortController();
  const abort = () => stop.abort();
  signal.addEventListener('abort', abort);
  let cancel = timers.after(SILENCE_MS, abort);
  try {
    const result = await api.open('/sync/live', stop.signal);
    if (!result.ok) return false;
    opened();
    const reader = result.value.getReader();
    const decoder = new TextDecoder();
    stop.signal.addEventListener('abort', () => void reader.cancel().catch(() => undefined));
    let line = '';
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return true;
      cancel();
      cancel = timers.after(SILENCE_MS, abort);
      const lines = (line + decoder.decode(value, { stream: true })).split('\n');
      line = lines.pop() ?? '';
      if (lines.some((each) => each.startsWith('data:'))) hint();
    }
  } catch {
    return true;
  } finally {
    cancel();
    signal.removeEventListener('abort', abort);
  }
}
