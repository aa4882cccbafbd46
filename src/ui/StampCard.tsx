import type { CSSProperties } from 'react';
import { classes } from './classes.ts';
import { iconPaths } from './iconPaths.ts';
import { slotsOf, type Slot } from './stampSlots.ts';
import { stampPictures, type PictureName } from './stampPictures.ts';
import styles from './StampCard.module.css';

export interface StampCardProps {
  readonly takes: number;
  readonly giftIsLast: boolean;
  readonly picture: PictureName;
  readonly filled: number;
  /** Gifts that wait: full cards whose reward has not been handed out. */
  readonly openGifts: number;
  /** How many of the last stamps landed just now; they glow once. */
  readonly newest?: number;
  /** Slots in a row; as many as there are when left out, wrapped on narrow screens. */
  readonly columns?: number;
  /** Says the card in words: "8 of 9 stamps". */
  readonly label: string;
  readonly className?: string | undefined;
}

/** The card as ink stamps: recorded is ink, offered is an outline. */
export function StampCard({
  takes,
  giftIsLast,
  picture,
  filled,
  openGifts,
  newest = 0,
  columns,
  label,
  className,
}: StampCardProps) {
  const slots = slotsOf({ takes, giftIsLast, filled, openGifts, newest });
  return (
    <div role="img" aria-label={label} className={classes(styles.place, className)}>
      <div className={styles.card} style={columnsOf(slots.length, columns)}>
        {slots.map((slot) => (
          <Stamp key={slot.at} slot={slot} picture={picture} />
        ))}
      </div>
    </div>
  );
}

/** Two rows where the card lies in a narrow place, unless somebody asked for a number of columns. */
function columnsOf(slots: number, asked: number | undefined): CSSProperties {
  const wide = asked ?? Math.min(slots, 10);
  const narrow = asked ?? (slots > 6 ? Math.min(Math.ceil(slots / 2), 6) : slots);
  return { '--wide': wide, '--narrow': narrow } as CSSProperties;
}

function Stamp({ slot, picture }: { readonly slot: Slot; readonly picture: PictureName }) {
  return (
    <svg
      viewBox="0 0 64 64"
      className={classes(styles.slot, slot.newest && styles.newest)}
      aria-hidden
      focusable="false"
    >
      {slot.newest && <circle className={styles.glow} cx="32" cy="32" r="30" />}
      {slot.kind === 'ink' && (
        <g transform={`rotate(${slot.turn} 32 32)`} className={styles.ink}>
          <circle className={styles.ring} cx="32" cy="32" r="29" strokeWidth="3.4" />
          <circle className={styles.ring} cx="32" cy="32" r="23.4" strokeWidth="1.2" />
          <path d={stampPictures[picture]} transform="translate(15.4 15.6) scale(1.36)" fillRule="evenodd" />
        </g>
      )}
      {slot.kind === 'empty' && (
        <>
          <circle className={styles.outline} cx="32" cy="32" r="30" />
          <text x="32" y="38" className={styles.number}>
            {slot.at}
          </text>
        </>
      )}
      {slot.kind === 'gift' && (
        <>
          <circle className={styles.gift} cx="32" cy="32" r="30.5" />
          <path className={styles.giftIcon} d={iconPaths.gift} transform="translate(18.8 18.5) scale(1.1)" />
        </>
      )}
    </svg>
  );
}
