import { useMemo } from 'react';
import type { BusinessSettings } from '../../protocol/office/officeBodies.ts';
import { CURRENCIES, LANGUAGES } from '../../protocol/office/officeRules.ts';
import { Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { useOffice } from '../app/context.ts';
import { Check } from '../fields/Check.tsx';
import { Choice } from '../fields/Choice.tsx';
import { ColorChoice } from './ColorChoice.tsx';
import styles from './BusinessFields.module.css';

interface BusinessFieldsProps {
  readonly value: BusinessSettings;
  readonly onChange: (value: BusinessSettings) => void;
  readonly currencyFixed: boolean;
}

/** Name, money, time, languages and color of a business; the same in set-up and in the settings. */
export function BusinessFields({ value, onChange, currencyFixed }: BusinessFieldsProps) {
  const { text, format } = useOffice();
  const say = text.settings;
  const set = (change: Partial<BusinessSettings>) => onChange({ ...value, ...change });
  const currencies = useMemo(() => currencyOptions(format.locale), [format.locale]);
  const zones = useMemo(() => zoneOptions(value.timeZone), [value.timeZone]);
  const [first] = value.languages;
  return (
    <div className={styles.fields}>
      <TextField
        label={say.name}
        value={value.name}
        onChange={(name) => set({ name })}
        maxLength={80}
        autoCapitalize="words"
        autoComplete="organization"
      />
      <div className={styles.row}>
        <Select
          label={say.currency}
          value={value.currency}
          onChange={(currency) => set({ currency })}
          options={currencies}
          isDisabled={currencyFixed}
          {...(currencyFixed ? { hint: text.errors.currencyFixed } : {})}
        />
        <Select
          label={say.timeZone}
          value={value.timeZone}
          onChange={(timeZone) => set({ timeZone })}
          options={zones}
        />
        <Select
          label={say.cutOver}
          hint={say.cutOverHint}
          value={String(value.cutOverHour)}
          onChange={(hour) => set({ cutOverHour: Number(hour) })}
          options={Array.from({ length: 13 }, (_, hour) => ({
            value: String(hour),
            label: `${String(hour).padStart(2, '0')}:00`,
          }))}
        />
      </div>
      <fieldset className={styles.set}>
        <legend>{say.languages}</legend>
        {LANGUAGES.map((language) => (
          <Check
            key={language}
            label={say.languageNames[language] ?? language}
            value={value.languages.includes(language)}
            onChange={(on) => {
              const others = value.languages.filter((one) => one !== language);
              const next = on ? [...others, language] : others;
              if (next.length > 0) set({ languages: next });
            }}
          />
        ))}
      </fieldset>
      {value.languages.length > 1 && first && (
        <Choice
          label={say.languagesHint}
          look="chips"
          value={first}
          onChange={(next) => set({ languages: [next, ...value.languages.filter((one) => one !== next)] })}
          options={value.languages.map((one) => ({ value: one, label: say.languageNames[one] ?? one }))}
        />
      )}
      {value.languages.includes('hu') && (
        <Choice
          label={say.address}
          look="chips"
          value={value.address}
          onChange={(address) => set({ address })}
          options={[
            { value: 'te', label: say.addressTe },
            { value: 'on', label: say.addressOn },
          ]}
        />
      )}
      <ColorChoice value={value.color} onChange={(color) => set({ color })} />
    </div>
  );
}

function currencyOptions(locale: string) {
  const names = new Intl.DisplayNames(locale, { type: 'currency' });
  return Object.keys(CURRENCIES).map((code) => ({ value: code, label: `${code} · ${names.of(code) ?? code}` }));
}

function zoneOptions(current: string) {
  const zones = Intl.supportedValuesOf('timeZone');
  const all = zones.includes(current) ? zones : [current, ...zones];
  return all.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }));
}
