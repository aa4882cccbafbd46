/** A fault planted into the product's source when it is loaded, to see whether the simulation finds it. */
export interface Mutant {
  readonly name: string;
  /** Below `src/`. */
  readonly file: string;
  /** Stands there exactly once. */
  readonly find: string;
  readonly replace: string;
}

export const MUTANTS: readonly Mutant[] = [
  {
    name: 'HTML with status 200 is taken as an answer',
    file: 'till/sync/api.ts',
    find: "if (!read.success) return { ok: false, failure: { kind: 'notAnAnswer' } };",
    replace: 'if (!read.success) return { ok: true, value: json as T };',
  },
];
