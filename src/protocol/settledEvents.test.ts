import { expect, it } from 'vitest';
import type { ExceptionRecord } from './event.ts';
import { settledEvents } from './settledEvents.ts';

const exception = (event: string, closed: boolean) => ({ event, closed }) as ExceptionRecord;

it('is settled only when nothing about the event is open', () => {
  const all = [exception('a', true), exception('b', false), exception('c', true), exception('c', false)];
  expect([...settledEvents(all)]).toEqual(['a']);
});
