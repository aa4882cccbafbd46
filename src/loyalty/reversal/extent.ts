/** How far a reversal goes: of any amount of the target, what is taken back now (and was not before). */
export interface Extent {
  readonly whole: boolean;
  readonly share: (amount: number) => number;
}
