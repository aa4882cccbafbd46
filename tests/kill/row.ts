/** What a part of `npm run kill` found; one line of its output. */
export interface Row {
  readonly kill: string;
  /** Kills, or trials. */
  readonly run: number;
  readonly failed: number;
  /** Sentences; none where `failed` is 0. */
  readonly problems: readonly string[];
  readonly [more: string]: unknown;
}

/** A row for people. */
export function asText({ kill, run, failed, problems, ...more }: Row): string {
  const rest = Object.entries(more).map(
    ([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  const line = [kill.padEnd(38), String(run).padStart(6), failed === 0 ? 'ok    ' : 'FAILED', rest.join(', ')].join(
    '  ',
  );
  return [line, ...problems.map((problem) => `    ${problem}`)].join('\n');
}
