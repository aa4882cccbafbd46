import { classes } from '../../ui/classes.ts';
import { useOffice } from './context.ts';
import styles from './LanguageSwitch.module.css';

/** Each language names itself, so that one finds it in any other. */
const OWN_NAMES = { en: 'English', hu: 'Magyar' } as const;

export function LanguageSwitch() {
  const { language, setLanguage } = useOffice();
  return (
    <div className={styles.switch}>
      {(['en', 'hu'] as const).map((one) => (
        <button
          key={one}
          type="button"
          lang={one}
          aria-pressed={one === language}
          className={classes(styles.one, one === language && styles.on)}
          onClick={() => setLanguage(one)}
        >
          <span className={styles.long}>{OWN_NAMES[one]}</span>
          <span className={styles.short} aria-hidden="true">
            {one.toUpperCase()}
          </span>
        </button>
      ))}
    </div>
  );
}
