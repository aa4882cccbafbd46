import { Button } from 'react-aria-components/Button';
import { Icon } from '../../../ui/Icon.tsx';
import { useDesk, useMessages, useScreen, useShop, useShopWords } from '../app/context.tsx';
import { addItem } from '../screen/basket.ts';
import styles from './Products.module.css';

/** A button per product, where the shop has any; each tap adds one. */
export function Products() {
  const { screen } = useDesk();
  const { products } = useShop().program;
  const items = useScreen((now) => now.basket.items);
  const { money, text } = useShopWords();
  const say = useMessages().till.counter;
  if (products.length === 0) return null;
  const add = (product: string, by: 1 | -1) =>
    screen.setState(({ basket }) => ({ basket: addItem(basket, product, by) }));
  return (
    <ul className={styles.products} aria-label={say.items}>
      {products.map((product) => {
        const count = items[product.id] ?? 0;
        const name = text(product.name);
        return (
          <li key={product.id} className={styles.product} data-chosen={count > 0 || undefined}>
            <Button className={styles.add ?? ''} onPress={() => add(product.id, 1)} data-test={`product-${product.id}`}>
              <Icon name={product.picture} size={22} />
              <span className={styles.words}>
                <span className={styles.name}>{name}</span>
                {product.price !== null && <span className={styles.price}>{money(product.price)}</span>}
              </span>
              {count > 0 && <span className={styles.count}>{count}</span>}
            </Button>
            {count > 0 && (
              <Button
                className={styles.less ?? ''}
                aria-label={say.oneLess({ name })}
                onPress={() => add(product.id, -1)}
              >
                <Icon name="minus" size={20} />
              </Button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
