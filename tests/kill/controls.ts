import { join } from 'node:path';
import { Audit } from './audit.ts';
import type { Engine, EngineName } from './engines.ts';
import { live } from './life.ts';
import { countSyncs } from './power/countSyncs.ts';
import { judgeSyncs } from './power/power.ts';
import type { Row } from './row.ts';

export interface ControlRun {
  readonly name: EngineName;
  /** A new, empty database each time it is called. */
  readonly engine: (name: string, folder: string) => Promise<Engine>;
  readonly from: number;
  readonly port: number;
  readonly scratch: string;
  /** Whether system calls can be watched; the controls that need it are left out else. */
  readonly strace: boolean;
}

/** Kills within which a server that answers too early must have been caught. */
const KILLS = 12;
const PUSHES = 60;

/** What somebody (or something) could do to a ledger; each must be noticed. `last` is the last event of shop-1. */
const TAMPERINGS = {
  lastEventGone:
    "delete from events where business = 'shop-1' and gseq = (select head from businesses where business = 'shop-1')",
  holeInTheLedger: "delete from events where business = 'shop-1' and gseq = 3",
  bytesChanged:
    'update events set bytes = replace(bytes, \'"kind":"\', \'"kind": "\') where business = \'shop-1\' and gseq = 4',
  bookingChanged:
    "update events set booked = '[]' where business = 'shop-1' and gseq = (select min(gseq) from events where business = 'shop-1' and booked <> '[]')",
  balanceChanged:
    "update members set state = replace(state, '\"unknown\":0', '\"unknown\":1') where business = 'shop-1'",
  headMoved: "update businesses set head = head + 1 where business = 'shop-1'",
  streamMoved: "update streams set stored_through = stored_through - 1 where business = 'shop-1'",
} as const;

/** The quickest of the null controls. */
export function checkOneControl(run: ControlRun): Promise<Row> {
  return killed(run, 'ackBeforeCommit');
}

/** Null controls: faults that are put in on purpose. One that is not noticed is a failure of these checks. */
export async function checkControls(run: ControlRun): Promise<readonly Row[]> {
  const rows: Row[] = [];
  rows.push(await killed(run, 'ackBeforeCommit'), await killed(run, 'dropAcknowledged'));
  rows.push(...(await tampered(run)));
  if (run.strace) {
    rows.push(await unsynced(run, 'syncOff'));
    // PostgreSQL has no level in between.
    if (run.name === 'sqlite') rows.push(await unsynced(run, 'syncNormal'));
  }
  return rows;
}

function row(engine: Engine, name: string, found: readonly string[]): Row {
  const noticed = found.length > 0;
  return {
    kill: `control.${engine.name}.${name}`,
    run: 1,
    failed: noticed ? 0 : 1,
    red: noticed,
    found: found[0] ?? null,
    problems: noticed ? [] : [`nobody noticed ${name}`],
  };
}

async function killed(
  { engine: make, from, port, scratch }: ControlRun,
  control: 'ackBeforeCommit' | 'dropAcknowledged',
) {
  const folder = join(scratch, `control-${control}`);
  const engine = await make(`control_${control.toLowerCase()}`, folder);
  const { problems } = await live({ engine, seed: from, kills: KILLS, port, folder, control });
  await engine.remove();
  return row(engine, control, problems);
}

/** A good ledger, as it would be after each of these changes. */
async function tampered({ engine: make, from, port, scratch }: ControlRun): Promise<Row[]> {
  const folder = join(scratch, 'control-tampered');
  const engine = await make('control_tampered', folder);
  const { problems, tills } = await live({ engine, seed: from, kills: 2, port, folder });
  if (problems.length > 0) throw new Error(`the ledger was bad before anybody changed it: ${problems[0]}`);
  const rows: Row[] = [];
  for (const [name, statement] of Object.entries(TAMPERINGS)) {
    const audit = new Audit(tills, folder);
    const found = await engine.pretend(statement, (db) => audit.check(db));
    rows.push(row(engine, name, found));
  }
  await engine.remove();
  return rows;
}

async function unsynced({ engine: make, from, port, scratch }: ControlRun, control: 'syncOff' | 'syncNormal') {
  const folder = join(scratch, `control-${control}`);
  const engine = await make(`control_${control.toLowerCase()}`, folder);
  const report = await countSyncs({ engine, pushes: PUSHES, seed: from, port, folder, control });
  await engine.remove();
  return row(engine, control, judgeSyncs(report, PUSHES));
}
