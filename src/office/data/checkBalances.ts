import type { BalanceCheck, BalanceCheckLine } from '../../protocol/office/officeApi.ts';
import type { Answer } from '../app/api.ts';

/** Asks for a check and follows it, line by line, to its end. Never throws: a network that ends is an answer like any other. */
export async function checkBalances(
  repair: boolean,
  progress: (at: { readonly done: number; readonly of: number }) => void,
): Promise<Answer<BalanceCheck>> {
  try {
    const response = await fetch('/office/api/balances/check', {
      method: 'POST',
      headers: { 'x-regulars-office': '1', 'content-type': 'application/json' },
      body: JSON.stringify({ repair }),
      credentials: 'same-origin',
      cache: 'no-store',
    });
    if (response.status === 401) return { ok: false, problem: { kind: 'signedOut' } };
    if (!response.ok || !response.body) return { ok: false, problem: { kind: 'failed' } };
    let rest = '';
    for await (const text of readText(response.body)) {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const read = JSON.parse(line) as BalanceCheckLine;
        if ('check' in read) return { ok: true, value: read.check };
        if ('failed' in read) return { ok: false, problem: { kind: 'failed' } };
        progress(read);
      }
    }
    return { ok: false, problem: { kind: 'failed' } };
  } catch {
    return { ok: false, problem: { kind: 'offline' } };
  }
}

/** Safari cannot walk through a stream by itself. */
async function* readText(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield decoder.decode(value, { stream: true });
  }
}
