/** What a part of `npm run kill` found; one line of its output. */
export interface Row {
  readonly kill: string;
  readonly run: number;
  readonly failed: number;
  readonly problems: readonly string[];
  readonly [more: string]: unknown;
}
