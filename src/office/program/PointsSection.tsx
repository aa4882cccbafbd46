import { useState } from 'react';
import { textIn } from '../../i18n/format.ts';
import type { UnitDefinition } from '../../loyalty/program.ts';
import { Button } from '../../ui/Button.tsx';
import { NumberField } from '../../ui/NumberField.tsx';
import { Select } from '../../ui/Select.tsx';
import { Section } from '../app/Page.tsx';
import { useOffice } from '../app/context.ts';
import { MoneyField } from '../fields/MoneyField.tsx';
import { Texts } from '../fields/Texts.tsx';
import { expiryText } from './changes.ts';
import { addReward, earningOf, renameUnit, rewardsFor, setExpiryMonths, setPerSpend } from './edits.ts';
import { newId } from './newId.ts';
import type { EditorPart } from './editorPart.ts';
import { RewardEditor } from './RewardEditor.tsx';
import styles from './ProgramEditor.module.css';

const MONTHS = [3, 6, 12, 18, 24, 36];

interface PointsSectionProps extends EditorPart {
  readonly unit: UnitDefinition;
}

/** Points: how they are earned, when they end, and what can be had for them. */
export function PointsSection({ program, onChange, settings, scale, unit }: PointsSectionProps) {
  const { text, format, language } = useOffice();
  const say = text.program.points;
  const earning = earningOf(program, unit.id);
  const [opened, setOpened] = useState<string | null>(null);
  const money = (amount: number) => format.money(amount, { currency: settings.currency, scale });
  const months =
    unit.expiry?.unit === 'year' ? unit.expiry.n * 12 : unit.expiry?.unit === 'month' ? unit.expiry.n : null;
  const choices = [...new Set(months === null ? MONTHS : [...MONTHS, months])].sort((a, b) => a - b);
  return (
    <Section title={say.title}>
      <Texts
        label={say.name}
        value={unit.name}
        languages={settings.languages}
        onChange={(name) => onChange(renameUnit(program, unit.id, name))}
      />
      {earning?.kind === 'perSpend' && (
        <>
          <div className={styles.row}>
            <NumberField
              label={say.give}
              value={earning.give}
              min={1}
              max={1000}
              onChange={(give) => give !== null && onChange(setPerSpend(program, unit.id, give, earning.per))}
            />
            <MoneyField
              label={say.per}
              value={earning.per}
              scale={scale}
              symbol={settings.currency}
              onChange={(per) => per !== null && per > 0 && onChange(setPerSpend(program, unit.id, earning.give, per))}
            />
            <Select
              label={say.expiry}
              value={months === null ? '' : String(months)}
              onChange={(next) => onChange(setExpiryMonths(program, unit.id, next === '' ? null : Number(next)))}
              options={[
                { value: '', label: say.expiryNever },
                ...choices.map((n) => ({ value: String(n), label: expiryText({ n, unit: 'month' }, text) })),
              ]}
            />
          </div>
          <p className={styles.sentence}>
            <strong>{say.sentence({ give: earning.give, per: money(earning.per) })}.</strong> {say.remainder}
          </p>
        </>
      )}
      <h3>{text.program.rewards.title}</h3>
      <div className={styles.items}>
        {rewardsFor(program, unit.id).map((reward) => (
          <RewardEditor
            key={reward.id}
            program={program}
            onChange={onChange}
            settings={settings}
            scale={scale}
            reward={reward}
            name={textIn(reward.name, language, settings.languages[0] ?? 'en')}
            isOpen={opened === reward.id}
            onToggle={() => setOpened(opened === reward.id ? null : reward.id)}
          />
        ))}
        {rewardsFor(program, unit.id).length === 0 && <p className={styles.sentence}>{text.program.rewards.none}</p>}
      </div>
      <div>
        <Button
          icon="plus"
          onPress={() => {
            const id = newId('reward');
            const name = { [settings.languages[0] ?? 'en']: text.program.rewards.newName };
            onChange(addReward(program, id, unit.id, name, 0));
            setOpened(id);
          }}
        >
          {text.program.rewards.add}
        </Button>
      </div>
    </Section>
  );
}
