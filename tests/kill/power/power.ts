import { join } from 'node:path';
import type { Engine } from '../engines.ts';
import type { Row } from '../row.ts';
import { countSyncs } from './countSyncs.ts';
import type { SyncReport } from './straceLog.ts';

export interface PowerRun {
  /** A new, empty database each time it is called. */
  readonly engine: (name: string, folder: string) => Promise<Engine>;
  readonly pushes: number;
  readonly from: number;
  readonly port: number;
  readonly scratch: string;
}

/** What is wrong with what was counted; empty: every acknowledged commit was on the disk before its answer. */
export function judgeSyncs({ answers, syncs, early }: SyncReport, pushes: number): readonly string[] {
  const problems: string[] = [];
  if (answers !== pushes) problems.push(`${pushes} pushes, but ${answers} answers were seen`);
  if (syncs < pushes) problems.push(`${syncs} syncs for ${pushes} acknowledged commits`);
  if (early > 0) problems.push(`${early} of ${answers} answers came before their commit was synced`);
  return problems;
}

/** That every acknowledged commit was synced to the disk before its answer began. */
export async function checkPower({ engine: make, pushes, from, port, scratch }: PowerRun): Promise<Row> {
  const folder = join(scratch, 'power');
  const engine = await make('power', folder);
  const report = await countSyncs({ engine, pushes, seed: from, port, folder });
  await engine.remove();
  const problems = judgeSyncs(report, pushes);
  return { kill: `power.${engine.name}`, run: pushes, failed: problems.length === 0 ? 0 : 1, ...report, problems };
}
