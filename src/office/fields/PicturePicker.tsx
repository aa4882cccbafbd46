import type { Picture } from '../../loyalty/basics.ts';
import { Icon } from '../../ui/Icon.tsx';
import { useOffice } from '../app/context.ts';
import { Choice } from './Choice.tsx';
import styles from './PicturePicker.module.css';

const PICTURES: readonly Picture[] = [
  'cup',
  'cake',
  'plate',
  'bag',
  'scissors',
  'book',
  'star',
  'heart',
  'gift',
  'percent',
  'coin',
];

interface PicturePickerProps {
  readonly label: string;
  readonly value: Picture;
  readonly onChange: (value: Picture) => void;
}

export function PicturePicker({ label, value, onChange }: PicturePickerProps) {
  const { text } = useOffice();
  return (
    <div className={styles.picker}>
      <Choice
        label={label}
        look="chips"
        value={value}
        onChange={onChange}
        options={PICTURES.map((one) => ({
          value: one,
          label: <Icon name={one} size={24} />,
          says: text.program.pictures[one],
        }))}
      />
    </div>
  );
}
