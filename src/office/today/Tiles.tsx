import type { OfficeToday } from '../../protocol/office/officeApi.ts';
import { useOffice } from '../app/context.ts';
import styles from './Today.module.css';

interface TilesProps {
  readonly today: OfficeToday;
  readonly money: (amount: number) => string;
}

/** The day in five numbers. */
export function Tiles({ today, money }: TilesProps) {
  const { text, format } = useOffice();
  const say = text.today;
  const tiles = [
    { label: say.sales, value: format.number(today.sales.count), note: money(today.sales.total) },
    { label: say.stamps, value: format.number(today.stamps), note: null },
    { label: say.points, value: format.number(today.points), note: null },
    {
      label: say.redemptions,
      value: format.number(today.redemptions.filter((one) => !one.undone).length),
      note: say.redemptionCost({ cost: money(today.redemptionCost) }),
    },
    {
      label: say.newMembers,
      value: format.number(today.newMembers),
      note: say.members({ count: format.number(today.members) }),
    },
  ];
  return (
    <dl className={styles.tiles}>
      {tiles.map((tile) => (
        <div key={tile.label} className={styles.tile}>
          <dt>{tile.label}</dt>
          <dd>
            <strong>{tile.value}</strong>
            {tile.note && <span>{tile.note}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
