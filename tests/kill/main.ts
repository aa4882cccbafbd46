import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { runEngine } from './runEngine.ts';

/**
 * `npm run kill`: real servers and real browsers are killed, and everything that was confirmed before must be there
 * afterwards. See docs/proof.md for what it shows and what it cannot show.
 */
const { values } = parseArgs({
  options: {
    engine: { type: 'string', default: 'sqlite' },
    kills: { type: 'string', default: '200' },
    from: { type: 'string', default: '1' },
    port: { type: 'string', default: '9240' },
    control: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});

export interface Row {
  readonly kill: string;
  readonly run: number;
  readonly failed: number;
  readonly [more: string]: unknown;
}

const scratch = mkdtempSync(join(tmpdir(), 'regulars-kill-'));
mkdirSync(scratch, { recursive: true });
const row = await runEngine('sqlite', {
  kills: Number(values.kills),
  from: Number(values.from),
  port: Number(values.port),
  scratch,
  ...(values.control === undefined ? {} : { control: values.control as 'ackBeforeCommit' }),
  say: (line) => process.stderr.write(`${line}\n`),
});
console.log(JSON.stringify(row));
if (row.failed === 0) rmSync(scratch, { recursive: true, force: true });
