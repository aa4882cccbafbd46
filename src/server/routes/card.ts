import { Hono } from 'hono';
import type { Deps } from '../deps.ts';
import { cardApi } from './cardApi.ts';

/** The customer's card: its API, and the address in every QR, which any camera opens. */
export function cardRoutes(deps: Deps): Hono {
  const app = new Hono();
  app.route('/c/api', cardApi(deps));
  // The card's page reads the token from the fragment, which no server and no other site ever sees again.
  app.get('/:c{[cC]}/:token{[a-zA-Z2-7]{144}|[a-zA-Z2-7]{157}}', (c) => {
    c.header('Cache-Control', 'no-store');
    return c.redirect(`/c/#t=${c.req.param('token').toUpperCase()}`);
  });
  return app;
}
