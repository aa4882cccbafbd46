import { Hono } from 'hono';
import type { Deps } from '../deps.ts';

export function officeRoutes(_deps: Deps): Hono {
  return new Hono();
}
