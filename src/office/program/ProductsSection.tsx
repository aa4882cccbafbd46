import { useState } from 'react';
import { textIn } from '../../i18n/format.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Select } from '../../ui/Select.tsx';
import { Section } from '../app/Page.tsx';
import { useOffice } from '../app/context.ts';
import { MoneyField } from '../fields/MoneyField.tsx';
import { PicturePicker } from '../fields/PicturePicker.tsx';
import { Texts } from '../fields/Texts.tsx';
import { categoryName } from './categoryName.ts';
import { addProduct, categoriesOf, removeProduct, setProduct } from './edits.ts';
import { newId } from './newId.ts';
import type { EditorPart } from './editorPart.ts';
import styles from './ProgramEditor.module.css';

/** Groups to choose from besides those that are there. */
const USUAL = ['coffee', 'pastry', 'food', 'drink', 'other'];

/** The buttons that the till shows for what is sold most. */
export function ProductsSection({ program, onChange, settings, scale }: EditorPart) {
  const { text, format, language } = useOffice();
  const say = text.program.products;
  const [opened, setOpened] = useState<string | null>(null);
  const fallback = settings.languages[0] ?? 'en';
  const groups = [...new Set([...categoriesOf(program), ...USUAL])];
  return (
    <Section title={say.title} lead={say.lead}>
      <div className={styles.items}>
        {program.products.length === 0 && <p className={styles.sentence}>{say.none}</p>}
        {program.products.map((product) => {
          const name = textIn(product.name, language, fallback);
          const isOpen = opened === product.id;
          const price =
            product.price === null ? null : format.money(product.price, { currency: settings.currency, scale });
          return (
            <div key={product.id} className={styles.item}>
              <div className={styles.itemHead}>
                <span className={styles.picture}>
                  <Icon name={product.picture} size={26} />
                </span>
                <span className={styles.itemName}>
                  {name}
                  <small>{[price, categoryName(product.category, text)].filter(Boolean).join(' · ')}</small>
                </span>
                <Button
                  icon={isOpen ? 'check' : 'edit'}
                  label={`${isOpen ? text.common.close : text.common.edit}: ${name}`}
                  onPress={() => setOpened(isOpen ? null : product.id)}
                />
              </div>
              {isOpen && (
                <>
                  <Texts
                    label={say.name}
                    value={product.name}
                    languages={settings.languages}
                    onChange={(next) => onChange(setProduct(program, product.id, { name: next }))}
                  />
                  <div className={styles.row}>
                    <MoneyField
                      label={say.price}
                      value={product.price}
                      scale={scale}
                      symbol={settings.currency}
                      onChange={(next) => onChange(setProduct(program, product.id, { price: next }))}
                    />
                    <Select
                      label={say.category}
                      value={product.category}
                      onChange={(next) => onChange(setProduct(program, product.id, { category: next }))}
                      options={groups.map((one) => ({ value: one, label: categoryName(one, text) }))}
                    />
                  </div>
                  <PicturePicker
                    label={text.program.rewards.picture}
                    value={product.picture}
                    onChange={(next) => onChange(setProduct(program, product.id, { picture: next }))}
                  />
                  <div>
                    <Button kind="danger" icon="trash" onPress={() => onChange(removeProduct(program, product.id))}>
                      {say.remove({ name })}
                    </Button>
                  </div>
                </>
              )}
            </div>
          );
        })}
      </div>
      <div>
        <Button
          icon="plus"
          onPress={() => {
            const id = newId('product');
            const category = groups[0] ?? 'other';
            onChange(
              addProduct(program, { id, name: { [fallback]: say.newName }, category, price: null, picture: 'cup' }),
            );
            setOpened(id);
          }}
        >
          {say.add}
        </Button>
      </div>
    </Section>
  );
}
