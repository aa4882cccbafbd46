import { writeFileSync } from 'node:fs';
import process from 'node:process';
import { listen } from './statements.ts';
import { deferCommits } from './deferCommits.ts';
import { killInCheckpoint } from './killInCheckpoint.ts';
import { weakenSync } from './weakenSync.ts';

/**
 * Loaded into the server's process by `--import`, before the server itself: dies at a named point, or makes the server
 * worse than it is (a null control). Nothing of this is in the product. It watches the two database drivers, so that
 * it does not depend on how the product's source is written.
 */
const cut = process.env['KILL_CUT'];
const nth = Number(process.env['KILL_NTH'] ?? '1');
const mark = process.env['KILL_MARK'] ?? '';

function die(): void {
  // Proves to the supervisor that it was here, and not somewhere on the way.
  writeFileSync(mark, cut ?? '');
  process.kill(process.pid, 'SIGKILL');
}

let seen = 0;
const reached = () => {
  seen += 1;
  if (seen === nth) die();
};

switch (cut) {
  case undefined:
    break;
  case 'BEFORE_COMMIT':
    listen({ before: (text, { booked }) => text === 'commit' && booked && reached() });
    break;
  case 'AFTER_COMMIT_BEFORE_REPLY':
    listen({ after: (text, { booked }) => text === 'commit' && booked && reached() });
    break;
  case 'MID_BATCH':
    listen({ after: (text) => /^insert into "?events"?/.test(text) && reached() });
    break;
  case 'IN_MIGRATION':
    listen({ after: (text) => /^(create|alter|drop) (table|index|unique index)/.test(text) && reached() });
    break;
  case 'IN_CHECKPOINT':
    killInCheckpoint(nth, Number(process.env['KILL_AFTER_MS'] ?? '1'), mark);
    break;
  default:
    throw new Error(`no such cut point: ${cut}`);
}

const control = process.env['KILL_CONTROL'];
switch (control) {
  case undefined:
    break;
  case 'ackBeforeCommit':
    deferCommits();
    break;
  case 'syncOff':
    weakenSync('OFF');
    break;
  case 'syncNormal':
    weakenSync('NORMAL');
    break;
  default:
    throw new Error(`no such control: ${control}`);
}
