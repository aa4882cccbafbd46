import { COLORS } from '../../protocol/office/officeRules.ts';
import { useOffice } from '../app/context.ts';
import { Choice } from '../fields/Choice.tsx';
import styles from './BusinessFields.module.css';

interface ColorChoiceProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** The shop's own color; contrast is taken care of where it is used. */
export function ColorChoice({ value, onChange }: ColorChoiceProps) {
  const { text } = useOffice();
  return (
    <div className={styles.colors}>
      <Choice
        label={text.settings.color}
        look="swatches"
        value={value}
        onChange={onChange}
        options={COLORS.map((color) => ({
          value: color as string,
          label: <span className={styles.swatch} style={{ background: color }} />,
          says: color,
        }))}
      />
      <label className={styles.other}>
        <input type="color" value={value} onChange={(event) => onChange(event.target.value)} />
        {text.settings.otherColor}
      </label>
    </div>
  );
}
