import type { Hono } from 'hono';
import { createApp } from '../app.ts';
import type { Deps } from '../deps.ts';
import { createSetupLink } from '../usecases/office/account/setupLink.ts';

/** A browser at the office: keeps its cookie, sends what our own pages send. */
export interface OfficeClient {
  readonly app: Hono;
  cookie: string | null;
  readonly send: (
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ) => Promise<{ readonly status: number; readonly json: never; readonly text: string; readonly headers: Headers }>;
}

export const OWNER = { name: 'Nagy Anna', email: 'anna@example.com', password: 'a long enough one' };

export const SETTINGS = {
  name: 'Sarki Pék',
  currency: 'HUF',
  timeZone: 'Europe/Budapest',
  cutOverHour: 4,
  languages: ['hu', 'en'],
  color: '#2f6b4f',
  address: 'te',
};

export function officeClient(deps: Deps, app = createApp(deps)): OfficeClient {
  const client: OfficeClient = {
    app,
    cookie: null,
    send: async (method, path, body, headers = {}) => {
      const response = await app.request(`/office/api/${path}`, {
        method,
        headers: {
          'x-regulars-office': '1',
          ...(method === 'GET' ? {} : { 'content-type': 'application/json' }),
          ...(client.cookie === null ? {} : { cookie: client.cookie }),
          ...headers,
        },
        ...(method === 'GET' ? {} : { body: JSON.stringify(body ?? {}) }),
      });
      const set = response.headers.get('set-cookie')?.split(';')[0];
      if (set) client.cookie = set.endsWith('=') ? null : set;
      const text = await response.text();
      const isJson = response.headers.get('content-type')?.includes('application/json') ?? false;
      return {
        status: response.status,
        json: (isJson ? JSON.parse(text) : null) as never,
        text,
        headers: response.headers,
      };
    },
  };
  return client;
}

/** The token of a fresh set-up link. */
export async function setupToken(deps: Deps): Promise<string> {
  const link = await createSetupLink(deps);
  if (link === null) throw new Error('There is an owner already.');
  return new URL(link).hash.slice(1);
}

/** A shop whose owner has just signed up and saved the settings. */
export async function ownShop(deps: Deps): Promise<OfficeClient> {
  const client = officeClient(deps);
  await client.send('POST', 'setup/owner', { token: await setupToken(deps), ...OWNER });
  await client.send('PUT', 'business', SETTINGS);
  return client;
}
