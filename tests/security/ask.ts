import { ROUTES, type RouteCase } from './routes.ts';
import { METRICS_TOKEN, proofOf, type Caller, type Tenant, type World } from './world.ts';

/** What a request of one caller got. */
export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
}

/** One call of the table: which route, by whom, with the ids of which shop. */
export interface Call {
  readonly name: string;
  readonly caller: Caller;
  /** The caller's own shop. */
  readonly own: Tenant;
  /** The shop whose ids are named. */
  readonly target: Tenant;
  /** Instead of what our own pages send. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The body as it is sent, instead of the table's. */
  readonly raw?: string;
}

export function caseOf(name: string): RouteCase {
  const found = ROUTES[name];
  if (!found) throw new Error(`The table of routes does not know ${name}.`);
  return found;
}

/** Sends it as our own pages or tills would, so that nothing but the caller's right decides. */
export async function ask(world: World, { name, caller, own, target, headers, raw }: Call): Promise<Answer> {
  const [method = '', pattern = ''] = name.split(' ');
  const { path = () => pattern.replace('/*', '/x'), body = () => ({}) } = caseOf(name);
  const at = path(target);
  const changes = method !== 'GET';
  const isLink = caller === 'setup' && pattern.includes('/setup/');
  const given = isLink ? { ...(body(target) as object), token: world.setupToken } : body(target);
  const text = changes ? (raw ?? JSON.stringify(given)) : '';
  const stop = new AbortController();
  const answer = await world.app.request(at, {
    method,
    headers: {
      'x-regulars-office': '1',
      'x-regulars-card': '1',
      ...(changes && { 'content-type': 'application/json' }),
      ...(await credentials(world, caller, own, { method, path: at, body: text })),
      ...headers,
    },
    ...(changes && { body: text }),
    signal: stop.signal,
  });
  const isStream = answer.headers.get('content-type')?.startsWith('text/event-stream') ?? false;
  // A stream of hints never ends; its first words are all that one needs.
  const read = isStream ? await firstOf(answer) : await answer.text();
  if (isStream) stop.abort();
  return { status: answer.status, text: read, headers: answer.headers };
}

async function credentials(
  { deps }: World,
  caller: Caller,
  own: Tenant,
  { method, path, body }: { method: string; path: string; body: string },
): Promise<Record<string, string>> {
  switch (caller) {
    case 'device':
    case 'revoked':
      return { authorization: await proofOf(deps, own[caller], method, path, body) };
    case 'office':
    case 'signedOut':
    case 'expired':
    case 'card':
      return { cookie: own[caller] };
    case 'metrics':
      return { authorization: `Bearer ${METRICS_TOKEN}` };
    case 'nonsense':
      return { authorization: 'Regulars device="x"', cookie: '__Host-office=x; __Host-regulars-card=x; office=x' };
    case 'nobody':
    case 'setup':
      return {};
  }
}

async function firstOf(answer: Response): Promise<string> {
  const reader = answer.body?.getReader();
  const { value } = (await reader?.read()) ?? {};
  await reader?.cancel();
  return new TextDecoder().decode(value);
}
