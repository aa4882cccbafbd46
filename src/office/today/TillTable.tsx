import type { OfficeToday } from '../../protocol/office/officeApi.ts';
import { Chip } from '../../ui/Chip.tsx';
import { useOffice } from '../app/context.ts';
import styles from './Today.module.css';

interface TillTableProps {
  readonly tills: OfficeToday['tills'];
  readonly asOf: number;
}

export function TillTable({ tills, asOf }: TillTableProps) {
  const { text, format } = useOffice();
  const say = text.today;
  if (tills.length === 0) return <p className={styles.soft}>{say.tillsNone}</p>;
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{say.till}</th>
          <th scope="col">{say.sales}</th>
          <th scope="col">{say.stamps}</th>
          <th scope="col">{say.rewards}</th>
        </tr>
      </thead>
      <tbody>
        {tills.map((till) => (
          <tr key={till.id}>
            <th scope="row">
              {till.name}
              <span className={styles.soft}>
                {till.revoked
                  ? say.tillGone
                  : till.lastSeenAt === null
                    ? text.common.never
                    : say.seen({ ago: format.ago(asOf - till.lastSeenAt) })}
              </span>
              {till.unsent > 0 && (
                <Chip size="s" tone="warn" icon="clock">
                  {say.unsentHere({ count: till.unsent })}
                </Chip>
              )}
            </th>
            <td>{format.number(till.sales)}</td>
            <td>{format.number(till.stamps)}</td>
            <td>{format.number(till.redemptions)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
