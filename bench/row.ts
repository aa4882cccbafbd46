/** One figure of ours beside one of somebody else's. */
export interface BenchRow {
  readonly bench: string;
  readonly ours: number;
  /** Whose the other figure is; null where a figure stands alone. */
  readonly peer: string | null;
  readonly theirs: number | null;
  /** ours / theirs. */
  readonly ratio: number | null;
  readonly unit: string;
}

export interface Bench {
  /** As given to `npm run bench -- <name>`. */
  readonly name: string;
  /** Measures and returns what it found; throws when it cannot measure. */
  readonly run: () => Promise<BenchRow[]>;
}

export function row(bench: string, unit: string, ours: number, peer: string, theirs: number): BenchRow {
  return { bench, ours: rounded(ours), peer, theirs: rounded(theirs), ratio: rounded(ours / theirs), unit };
}

export function figure(bench: string, unit: string, ours: number): BenchRow {
  return { bench, ours: rounded(ours), peer: null, theirs: null, ratio: null, unit };
}

/** Three significant places below 1000, none after the point above. */
function rounded(value: number): number {
  return Math.abs(value) >= 1000 ? Math.round(value) : Number(value.toPrecision(3));
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low, high] = sorted.length % 2 === 0 ? [sorted[middle - 1], sorted[middle]] : [sorted[middle], sorted[middle]];
  if (low === undefined || high === undefined) throw new Error('no values to take the median of');
  return (low + high) / 2;
}
