import { iconPaths, type IconName } from './iconPaths.ts';

export interface IconProps {
  readonly name: IconName;
  /** Side in CSS pixels; 24 when left out. */
  readonly size?: number;
  readonly className?: string | undefined;
  /** Only where no text beside it says the same. */
  readonly label?: string;
}

export function Icon({ name, size = 24, className, label }: IconProps) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={size >= 64 ? 1.25 : 1.9}
      strokeLinecap="round"
      strokeLinejoin="round"
      className={className}
      role={label ? 'img' : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
      focusable="false"
    >
      <path d={iconPaths[name]} />
    </svg>
  );
}
