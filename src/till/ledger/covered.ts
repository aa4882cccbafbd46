import type { OwnAdmitted } from '../../protocol/sync.ts';
import type { Covered } from '../store/cacheDb.ts';
import type { RunStart } from '../store/ledgerDb.ts';

/** Whether canonical states include the own row `n`. */
export function covers(covered: Covered, n: number): boolean {
  return n <= covered.through && !covered.holes.includes(n);
}

/**
 * What is covered after own rows `ns` came by a pull. Own events are stored in order, so a row that was passed over is in
 * quarantine: it stays a hole, and so stays in what the till shows.
 */
export function coveredWith(covered: Covered, ns: readonly number[], runs: readonly RunStart[]): Covered {
  if (ns.length === 0) return covered;
  const came = new Set(ns);
  // Not spread into `Math.max`: a till's ledger of years has more rows than a call may have arguments.
  const through = ns.reduce((most, n) => Math.max(most, n), covered.through);
  const begins = new Set(runs.map((run) => run.base));
  const holes = covered.holes.filter((n) => !came.has(n));
  for (let n = covered.through + 1; n <= through; n++) {
    if (!came.has(n) && !begins.has(n)) holes.push(n);
  }
  return { through, holes };
}

/**
 * What a snapshot covers, from what the server says about each own run. What stands before the first run was brought under
 * an earlier pairing, and so is in it as well.
 */
export function coveredOf(
  own: Readonly<Record<string, OwnAdmitted>>,
  runs: readonly RunStart[],
  head: number,
): Covered {
  const ns: number[] = [];
  runs.forEach((run, at) => {
    const last = (runs[at + 1]?.base ?? head + 1) - 1;
    const admitted = own[run.run];
    if (admitted === undefined) return;
    const quarantined = new Set(admitted.quarantined);
    for (let seq = 1; seq <= admitted.through && run.base + seq <= last; seq++) {
      if (!quarantined.has(seq)) ns.push(run.base + seq);
    }
  });
  return coveredWith({ through: (runs[0]?.base ?? 1) - 1, holes: [] }, ns, runs);
}
