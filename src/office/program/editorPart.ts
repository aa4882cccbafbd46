import type { Program } from '../../loyalty/program.ts';
import type { BusinessSettings } from '../../protocol/office/officeBodies.ts';

/** What every part of the editor works with. */
export interface EditorPart {
  readonly program: Program;
  readonly onChange: (program: Program) => void;
  readonly settings: BusinessSettings;
  /** Decimals of the currency. */
  readonly scale: number;
}
