import type { ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import { classes } from './classes.ts';
import { Icon } from './Icon.tsx';
import type { IconName } from './iconPaths.ts';
import styles from './Button.module.css';

export interface ButtonProps {
  readonly children?: ReactNode;
  /** `main` once a screen; `tint` for what can be had; `danger` for what cannot be undone; `plain` inside text. */
  readonly kind?: 'main' | 'quiet' | 'tint' | 'danger' | 'plain';
  /** `m` is 48 px high, `l` 64, `xl` the counter's main action. */
  readonly size?: 'm' | 'l' | 'xl';
  readonly icon?: IconName;
  /** Said to screen readers instead of the text; without text the button is round, with its icon alone. */
  readonly label?: string;
  readonly onPress?: () => void;
  readonly isDisabled?: boolean;
  /** What it has started is not done yet: it cannot be pressed again, and keeps the keyboard's focus meanwhile. */
  readonly isBusy?: boolean;
  readonly type?: 'button' | 'submit';
  readonly autoFocus?: boolean;
  readonly className?: string | undefined;
  readonly 'aria-pressed'?: boolean;
  readonly 'data-test'?: string;
}

/** A real button: pressed by finger, mouse, keyboard and screen reader alike. */
export function Button({
  children,
  kind = 'quiet',
  size = 'm',
  icon,
  label,
  className,
  isBusy = false,
  ...rest
}: ButtonProps) {
  const round = children === undefined;
  return (
    <AriaButton
      {...rest}
      isPending={isBusy}
      {...(label === undefined ? {} : { 'aria-label': label })}
      className={classes(styles.button, styles[kind], styles[size], round && styles.round, className)}
    >
      {icon && <Icon name={icon} size={size === 'xl' ? 32 : 22} />}
      {children}
    </AriaButton>
  );
}
