import type { RewardDefinition, RewardOffline } from '../../loyalty/program.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { NumberField } from '../../ui/NumberField.tsx';
import { useOffice } from '../app/context.ts';
import { Check } from '../fields/Check.tsx';
import { MoneyField } from '../fields/MoneyField.tsx';
import { PicturePicker } from '../fields/PicturePicker.tsx';
import { Texts } from '../fields/Texts.tsx';
import { LimitFields } from './LimitFields.tsx';
import { removeReward, setReward, setRewardOffline } from './edits.ts';
import type { EditorPart } from './editorPart.ts';
import styles from './ProgramEditor.module.css';

interface RewardEditorProps extends EditorPart {
  readonly reward: RewardDefinition;
  readonly name: string;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}

/** One reward that is had for units: a line, which opens to be changed. */
export function RewardEditor({
  program,
  onChange,
  settings,
  scale,
  reward,
  name,
  isOpen,
  onToggle,
}: RewardEditorProps) {
  const { text, format } = useOffice();
  const say = text.program.rewards;
  const change = (next: Partial<RewardDefinition>) => onChange(setReward(program, reward.id, next));
  const bound = (next: RewardOffline) => onChange(setRewardOffline(program, reward.id, { ...reward.offline, ...next }));
  return (
    <div className={styles.item}>
      <div className={styles.itemHead}>
        <span className={styles.picture}>
          <Icon name={reward.picture} size={26} />
        </span>
        <span className={styles.itemName}>
          {name}
          <small>
            {text.program.preview.unitPoints({ count: format.number(reward.cost?.amount ?? 0) })} ·{' '}
            {say.costs({ cost: format.money(reward.costToShop, { currency: settings.currency, scale }) })}
          </small>
        </span>
        <Button
          icon={isOpen ? 'check' : 'edit'}
          label={`${isOpen ? text.common.close : text.common.edit}: ${name}`}
          onPress={onToggle}
        />
      </div>
      {isOpen && (
        <>
          <Texts
            label={say.name}
            value={reward.name}
            languages={settings.languages}
            onChange={(next) => change({ name: next })}
          />
          <div className={styles.row}>
            <NumberField
              label={say.cost}
              value={reward.cost?.amount ?? null}
              min={1}
              max={1_000_000}
              onChange={(amount) => reward.cost && amount !== null && change({ cost: { ...reward.cost, amount } })}
            />
            <MoneyField
              label={say.costToShop}
              value={reward.costToShop}
              scale={scale}
              symbol={settings.currency}
              onChange={(costToShop) => change({ costToShop: costToShop ?? 0 })}
            />
          </div>
          <PicturePicker label={say.picture} value={reward.picture} onChange={(picture) => change({ picture })} />
          <LimitFields reward={reward} onChange={(limits) => change({ limits })} />
          <Check
            label={say.onlineOnly}
            hint={say.onlineOnlyHint}
            value={reward.onlineOnly}
            onChange={(onlineOnly) => change({ onlineOnly })}
          />
          {!reward.onlineOnly && (
            <Check
              label={say.offlineOwn}
              hint={say.offlineOwnHint}
              value={reward.offline !== undefined}
              onChange={(own) =>
                onChange(setRewardOffline(program, reward.id, own ? { perMember24h: 10, perOutage: 50 } : null))
              }
            />
          )}
          {!reward.onlineOnly && reward.offline && (
            <div className={styles.row}>
              <NumberField
                label={say.offlinePerMember}
                value={reward.offline.perMember24h ?? null}
                min={0}
                max={100}
                onChange={(n) => n !== null && bound({ perMember24h: n })}
              />
              <NumberField
                label={say.offlinePerOutage}
                value={reward.offline.perOutage ?? null}
                min={0}
                max={1000}
                onChange={(n) => n !== null && bound({ perOutage: n })}
              />
            </div>
          )}
          <div>
            <Button kind="danger" icon="trash" onPress={() => onChange(removeReward(program, reward.id))}>
              {say.remove({ name })}
            </Button>
          </div>
        </>
      )}
    </div>
  );
}
