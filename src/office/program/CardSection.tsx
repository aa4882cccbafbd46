import type { StampCard as CardFields, UnitDefinition } from '../../loyalty/program.ts';
import { NumberField } from '../../ui/NumberField.tsx';
import { Section } from '../app/Page.tsx';
import { useOffice } from '../app/context.ts';
import { Choice } from '../fields/Choice.tsx';
import { MoneyField } from '../fields/MoneyField.tsx';
import { PicturePicker } from '../fields/PicturePicker.tsx';
import { Texts } from '../fields/Texts.tsx';
import { categoryName } from './categoryName.ts';
import { categoriesOf, earningOf, giftOf, renameUnit, setCard, setReward, setStampFor } from './edits.ts';
import type { EditorPart } from './editorPart.ts';
import styles from './ProgramEditor.module.css';

interface CardSectionProps extends EditorPart {
  readonly unit: UnitDefinition & { readonly card: CardFields };
}

const EVERY_VISIT = '';

/** One stamp card: its name, how many stamps, what they are for, and the gift. */
export function CardSection({ program, onChange, settings, scale, unit }: CardSectionProps) {
  const { text } = useOffice();
  const say = text.program.card;
  const { takes, giftIsLast, picture } = unit.card;
  const gift = giftOf(program, unit.id);
  const earning = earningOf(program, unit.id);
  return (
    <Section title={say.title}>
      <Texts
        label={say.name}
        value={unit.name}
        languages={settings.languages}
        onChange={(name) => onChange(renameUnit(program, unit.id, name))}
      />
      <div className={styles.row}>
        <NumberField
          label={say.takes}
          value={takes}
          min={2}
          max={30}
          onChange={(next) => next !== null && onChange(setCard(program, unit.id, { takes: next }))}
        />
        <Choice
          label={say.counting}
          look="chips"
          value={giftIsLast ? 'last' : 'extra'}
          onChange={(next) => onChange(setCard(program, unit.id, { giftIsLast: next === 'last' }))}
          options={[
            { value: 'last', label: say.giftIsLastHint({ takes, next: takes + 1 }) },
            { value: 'extra', label: say.giftIsExtraHint({ takes }) },
          ]}
        />
      </div>
      {earning && (
        <Choice
          label={say.earns}
          look="chips"
          value={earning.kind === 'perItem' ? (earning.category ?? EVERY_VISIT) : EVERY_VISIT}
          onChange={(next) => onChange(setStampFor(program, unit.id, next === EVERY_VISIT ? null : next))}
          options={[
            { value: EVERY_VISIT, label: say.earnsVisit },
            ...categoriesOf(program).map((category) => ({
              value: category,
              label: say.earnsItem({ category: categoryName(category, text) }),
            })),
          ]}
        />
      )}
      <PicturePicker
        label={say.picture}
        value={picture}
        onChange={(next) => onChange(setCard(program, unit.id, { picture: next }))}
      />
      {gift && (
        <>
          <Texts
            label={say.gift}
            value={gift.name}
            languages={settings.languages}
            onChange={(name) => onChange(setReward(program, gift.id, { name }))}
          />
          <MoneyField
            label={say.giftCost}
            hint={say.giftCostHint}
            value={gift.costToShop}
            scale={scale}
            symbol={settings.currency}
            onChange={(next) => onChange(setReward(program, gift.id, { costToShop: next ?? 0 }))}
          />
        </>
      )}
    </Section>
  );
}
