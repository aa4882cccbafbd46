import { parseArgs } from 'node:util';
import type { EngineName } from './engines.ts';

export interface Options {
  readonly engines: readonly EngineName[];
  readonly kills: number;
  readonly browser: number;
  readonly from: number;
  /** 0: any that is free. */
  readonly port: number;
  readonly json: boolean;
  /** Parts to run; empty: all. */
  readonly only: readonly string[];
  /** The piece that every `npm test` runs: a minute. */
  readonly short: boolean;
}

/** Throws a sentence where they cannot be understood. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      engine: { type: 'string', default: 'both' },
      kills: { type: 'string', default: '200' },
      browser: { type: 'string', default: '0' },
      from: { type: 'string', default: '1' },
      port: { type: 'string', default: '0' },
      only: { type: 'string', multiple: true, default: [] },
      short: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const engines: Record<string, readonly EngineName[]> = {
    sqlite: ['sqlite'],
    postgres: ['postgres'],
    both: ['sqlite', 'postgres'],
  };
  const chosen = engines[values.engine];
  if (chosen === undefined) throw new Error('--engine is sqlite, postgres or both');
  const whole = (name: 'kills' | 'browser' | 'from' | 'port') => {
    const value = Number(values[name]);
    if (!Number.isSafeInteger(value) || value < 0) throw new Error(`--${name} is a whole number`);
    return value;
  };
  return {
    engines: chosen,
    kills: whole('kills'),
    browser: whole('browser'),
    from: whole('from'),
    port: whole('port'),
    json: values.json,
    only: values.only,
    short: values.short,
  };
}
