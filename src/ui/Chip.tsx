import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { classes } from './classes.ts';
import { Icon } from './Icon.tsx';
import type { IconName } from './iconPaths.ts';
import styles from './Chip.module.css';

export interface ChipProps {
  readonly children: ReactNode;
  readonly tone?: 'plain' | 'good' | 'warn' | 'bad' | 'accent' | 'gold';
  readonly icon?: IconName;
  readonly size?: 's' | 'm';
  /** Makes it a button. */
  readonly onPress?: () => void;
  readonly 'data-test'?: string;
}

/** A short truth in words; its color only repeats what the words say. */
export function Chip({ children, tone = 'plain', icon, size = 'm', onPress, ...rest }: ChipProps) {
  const className = classes(styles.chip, styles[tone], styles[size], onPress && styles.press);
  const inside = (
    <>
      {icon && <Icon name={icon} size={size === 's' ? 16 : 20} />}
      <span className={styles.text}>{children}</span>
    </>
  );
  if (!onPress)
    return (
      <span {...rest} className={className}>
        {inside}
      </span>
    );
  return (
    <Button {...rest} className={className} onPress={onPress}>
      {inside}
    </Button>
  );
}
