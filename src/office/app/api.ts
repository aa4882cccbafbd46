import type { OfficeRefusal, OfficeRefused } from '../../protocol/office/officeApi.ts';

/** Why an answer is not there: the network, the server, the session, or a refusal that has a sentence. */
export type Problem =
  { readonly kind: 'offline' } | { readonly kind: 'failed' } | { readonly kind: 'signedOut' } | OfficeRefusal;

export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem };

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Asks the office API. Never throws: no network is an answer like any other. */
export async function ask<T>(method: Method, path: string, body?: unknown): Promise<Answer<T>> {
  let response: Response;
  try {
    response = await fetch(`/office/api/${path}`, {
      method,
      headers: {
        // The name is OFFICE_HEADER of the protocol, whose module brings zod along.
        'x-regulars-office': '1',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      credentials: 'same-origin',
      cache: 'no-store',
    });
  } catch {
    return { ok: false, problem: { kind: 'offline' } };
  }
  const answer = await readJson(response);
  // A captive portal answers 200 with a page of its own.
  if (answer === undefined) return { ok: false, problem: { kind: response.ok ? 'offline' : 'failed' } };
  if (response.ok) return { ok: true, value: answer as T };
  const refused = answer as Partial<OfficeRefused> | null;
  if (refused?.refusal) return { ok: false, problem: refused.refusal };
  if (response.status === 401) return { ok: false, problem: { kind: 'signedOut' } };
  return { ok: false, problem: { kind: 'failed' } };
}

async function readJson(response: Response): Promise<unknown> {
  if (!response.headers.get('content-type')?.includes('application/json')) return undefined;
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}
