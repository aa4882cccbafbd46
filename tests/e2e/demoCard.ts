import type { CardDocument } from '../../src/protocol/card/cardDocument.ts';

/** The demo customer's code, asked for as her phone does. */
export async function demoCard(origin: string): Promise<string> {
  const given = await fetch(`${origin}/demo/card`, { redirect: 'manual' });
  const cookie = given.headers.get('set-cookie')?.split(';')[0] ?? '';
  const answer = await fetch(`${origin}/c/api/card`, { headers: { cookie } });
  if (!answer.ok) throw new Error(`the demo gave no card (${answer.status})`);
  const { qrPrefix, token } = (await answer.json()) as CardDocument;
  return qrPrefix + token;
}
