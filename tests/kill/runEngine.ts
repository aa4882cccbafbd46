import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { sqliteEngine, type EngineName } from './engines.ts';
import { live, type LifePlan } from './life.ts';
import type { Row } from './main.ts';

/** After so many kills a new database begins: its first day is the most interesting one, and checks stay fast. */
const KILLS_PER_LIFE = 25;

export interface EngineRun {
  readonly kills: number;
  readonly from: number;
  readonly port: number;
  readonly scratch: string;
  readonly say: (line: string) => void;
  readonly control?: LifePlan['control'];
}

/** Kills servers on one database engine, so many times; databases come one after the other, each from its own seed. */
export async function runEngine(
  name: EngineName,
  { kills, from, port, scratch, say, control }: EngineRun,
): Promise<Row> {
  const by: Record<string, number> = {};
  const recoveryMs: number[] = [];
  let run = 0;
  let acknowledged = 0;
  let inFlight = 0;
  const problems: string[] = [];
  for (let life = 0; run < kills; life++) {
    const folder = join(scratch, `${name}-${from + life}`);
    const engine = sqliteEngine(join(folder, 'data'));
    const report = await live({
      engine,
      seed: from + life,
      kills: Math.min(KILLS_PER_LIFE, kills - run),
      port,
      folder,
      ...(control && { control }),
    });
    run += report.kills;
    acknowledged += report.acknowledged;
    inFlight += report.inFlight;
    recoveryMs.push(...report.recoveryMs);
    for (const [kind, n] of Object.entries(report.by)) by[kind] = (by[kind] ?? 0) + n;
    say(`${name}: ${run} of ${kills} kills, ${acknowledged} events acknowledged`);
    if (report.problems.length > 0) {
      problems.push(...report.problems);
      break;
    }
    rmSync(folder, { recursive: true, force: true });
  }
  return {
    kill: `server.${name}`,
    run,
    failed: problems.length === 0 ? 0 : 1,
    acknowledged,
    inFlight,
    by,
    recoveryMs: { median: at(recoveryMs, 0.5), most: at(recoveryMs, 1) },
    problems,
  };
}

function at(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
}
