import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Engine } from './engines.ts';
import { live, type LifePlan } from './life.ts';
import type { Row } from './row.ts';

/** After so many kills a new database begins: its first day is the most interesting one, and checks stay fast. */
const KILLS_PER_LIFE = 25;

export interface EngineRun {
  /** A new, empty database each time it is called. */
  readonly engine: (name: string, folder: string) => Promise<Engine>;
  readonly kills: number;
  /** Goes on until so many events were acknowledged as well. */
  readonly events: number;
  readonly from: number;
  readonly port: number;
  readonly scratch: string;
  readonly say: (line: string) => void;
  readonly control?: LifePlan['control'];
}

/** Kills servers so many times; databases come one after the other, each from its own seed. */
export async function killServers(plan: EngineRun): Promise<Row> {
  const { engine: make, kills, events, from, port, scratch, say, control } = plan;
  let name = '';
  const by: Record<string, number> = {};
  const recoveryMs: number[] = [];
  const databaseMs: number[] = [];
  let run = 0;
  let acknowledged = 0;
  let inFlight = 0;
  let backups = 0;
  const problems: string[] = [];
  for (let life = 0; run < kills || acknowledged < events; life++) {
    const folder = join(scratch, `life-${from + life}`);
    const engine = await make(`life_${from + life}`, folder);
    ({ name } = engine);
    const report = await live({
      engine,
      seed: from + life,
      kills: run < kills ? Math.min(KILLS_PER_LIFE, kills - run) : KILLS_PER_LIFE,
      port,
      folder,
      ...(control && { control }),
    });
    run += report.kills;
    acknowledged += report.acknowledged;
    inFlight += report.inFlight;
    backups += report.backups.size;
    recoveryMs.push(...report.recoveryMs);
    databaseMs.push(...report.databaseMs);
    for (const [kind, n] of Object.entries(report.by)) by[kind] = (by[kind] ?? 0) + n;
    say(`${name}: ${run} of ${kills} kills, ${acknowledged} events acknowledged`);
    if (report.problems.length > 0) {
      problems.push(...report.problems);
      break;
    }
    await engine.remove();
    rmSync(folder, { recursive: true, force: true });
  }
  return {
    kill: `server.${name}`,
    run,
    failed: problems.length === 0 ? 0 : 1,
    acknowledged,
    inFlight,
    backups,
    by,
    recoveryMs: { median: at(recoveryMs, 0.5), most: at(recoveryMs, 1) },
    ...(databaseMs.length > 0 && { databaseMs: { median: at(databaseMs, 0.5), most: at(databaseMs, 1) } }),
    problems,
  };
}

function at(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
}
