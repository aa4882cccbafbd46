import { useState } from 'react';
import type { Money } from '../../loyalty/basics.ts';
import { TextField } from '../../ui/TextField.tsx';
import { moneyText, readMoney } from './moneyText.ts';

interface MoneyFieldProps {
  readonly label: string;
  /** In the ledger's integers; `null`: none. */
  readonly value: Money | null;
  readonly onChange: (value: Money | null) => void;
  readonly scale: number;
  readonly symbol: string;
  readonly hint?: string;
  readonly error?: string | null;
  readonly className?: string | undefined;
}

/** Money as people type it (`1 290`, `3,50`), kept as the integer that the ledger counts in. */
export function MoneyField({ label, value, onChange, scale, symbol, ...rest }: MoneyFieldProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typed !== null && readMoney(typed, scale) === value ? typed : moneyText(value, scale);
  return (
    <TextField
      {...rest}
      label={`${label} (${symbol})`}
      inputMode={scale === 0 ? 'numeric' : 'decimal'}
      value={shown}
      onChange={(next) => {
        const money = readMoney(next, scale);
        if (money === undefined) return;
        setTyped(next);
        onChange(money);
      }}
    />
  );
}
