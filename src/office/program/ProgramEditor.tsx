import type { Program } from '../../loyalty/program.ts';
import type { BusinessSettings } from '../../protocol/office/officeBodies.ts';
import { CURRENCIES } from '../../protocol/office/officeRules.ts';
import { CardPreview } from './CardPreview.tsx';
import { CardSection } from './CardSection.tsx';
import type { EditorPart } from './editorPart.ts';
import { pointUnits, stampUnits } from './edits.ts';
import { PointsSection } from './PointsSection.tsx';
import { PoliciesSection } from './PoliciesSection.tsx';
import { ProductsSection } from './ProductsSection.tsx';
import { useOffice } from '../app/context.ts';
import styles from './ProgramEditor.module.css';

interface ProgramEditorProps {
  readonly program: Program;
  readonly onChange: (program: Program) => void;
  readonly settings: BusinessSettings;
  /** Tills in use, for the worst case of an outage; without it, the bounds of risk are left for later. */
  readonly tills?: number;
}

/** All that an owner can change of a program, with the customer's card beside it as it would look. */
export function ProgramEditor({ program, onChange, settings, tills }: ProgramEditorProps) {
  const { text } = useOffice();
  const part: EditorPart = { program, onChange, settings, scale: CURRENCIES[settings.currency] ?? 2 };
  return (
    <div className={styles.editor}>
      <div className={styles.parts}>
        {stampUnits(program).map((unit) => (
          <CardSection key={unit.id} {...part} unit={unit} />
        ))}
        {pointUnits(program).map((unit) => (
          <PointsSection key={unit.id} {...part} unit={unit} />
        ))}
        <ProductsSection {...part} />
        {tills !== undefined && <PoliciesSection {...part} tills={tills} />}
      </div>
      <aside className={styles.preview}>
        <p className={styles.previewTitle}>{text.program.preview.title}</p>
        <CardPreview
          program={program}
          businessName={settings.name}
          fallback={settings.languages[0] ?? 'en'}
          formal={settings.address === 'on'}
        />
      </aside>
    </div>
  );
}
