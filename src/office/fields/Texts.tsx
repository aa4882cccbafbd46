import type { Text } from '../../loyalty/basics.ts';
import { TextField } from '../../ui/TextField.tsx';
import { useOffice } from '../app/context.ts';
import styles from './Texts.module.css';

interface TextsProps {
  readonly label: string;
  readonly value: Text;
  readonly onChange: (value: Text) => void;
  /** The business's languages; the first one is needed, the others fall back to it. */
  readonly languages: readonly string[];
}

/** One text in each language of the business. */
export function Texts({ label, value, onChange, languages }: TextsProps) {
  const { text } = useOffice();
  return (
    <div className={styles.texts}>
      {languages.map((language, at) => (
        <TextField
          key={language}
          label={
            languages.length === 1
              ? label
              : text.program.nameIn({ what: label, language: text.settings.languageNames[language] ?? language })
          }
          value={value[language] ?? ''}
          onChange={(next) => onChange(withText(value, language, next))}
          maxLength={80}
          autoCapitalize="sentences"
          error={at === 0 && !value[language]?.trim() ? text.errors.required : null}
        />
      ))}
    </div>
  );
}

/** An empty text is left out, so that the card falls back to the first language. */
function withText(texts: Text, language: string, next: string): Text {
  const others = Object.entries(texts).filter(([key]) => key !== language);
  return Object.fromEntries(next === '' ? others : [...others, [language, next]]);
}
