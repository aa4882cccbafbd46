import { textIn } from '../../i18n/format.ts';
import { officeEn } from '../../i18n/en/office.ts';
import { officeHu } from '../../i18n/hu/office.ts';
import type { Program } from '../../loyalty/program.ts';
import { QrCode } from '../../ui/QrCode.tsx';
import { StampCard } from '../../ui/StampCard.tsx';
import { stampUnits } from '../program/edits.ts';
import styles from './Poster.module.css';

interface PosterProps {
  readonly name: string;
  readonly language: string;
  readonly fallback: string;
  readonly joinUrl: string;
  readonly program: Program | null;
}

/** A4, one message, one code. It speaks the customers' language, whatever the office speaks. */
export function Poster({ name, language, fallback, joinUrl, program }: PosterProps) {
  const say = (language === 'hu' ? officeHu : officeEn).poster;
  const unit = program ? stampUnits(program)[0] : undefined;
  const headline = !unit
    ? say.headlinePoints
    : unit.card.giftIsLast
      ? say.headlineStamps({ takes: unit.card.takes, next: unit.card.takes + 1 })
      : say.headlineStampsExtra({ takes: unit.card.takes });
  const slots = unit ? unit.card.takes + (unit.card.giftIsLast ? 1 : 0) : 0;
  return (
    <article className={styles.poster} lang={language} data-test="poster">
      <header className={styles.head}>
        <p className={styles.shop}>{name}</p>
        <h2 className={styles.headline}>{headline}</h2>
      </header>
      {unit && (
        <div className={styles.card}>
          <StampCard
            {...unit.card}
            filled={Math.max(1, Math.floor(unit.card.takes / 2))}
            openGifts={0}
            columns={slots <= 12 ? Math.ceil(slots / 2) : 10}
            label={textIn(unit.name, language, fallback)}
          />
        </div>
      )}
      <div className={styles.join}>
        <div className={styles.qr}>
          <QrCode text={upperWherePossible(joinUrl)} size={300} label={say.step1} errorCorrection="Q" />
        </div>
        <ol className={styles.steps}>
          {[say.step1, say.step2, say.step3].map((step, at) => (
            <li key={step}>
              <span className={styles.number}>{at + 1}</span>
              {step}
            </li>
          ))}
        </ol>
      </div>
      <footer className={styles.foot}>{say.small}</footer>
    </article>
  );
}

/** A code in capitals needs fewer squares; the server reads such a join link whatever its case. */
function upperWherePossible(url: string): string {
  return url.toUpperCase();
}
