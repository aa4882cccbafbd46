import type { Customer } from '../../till.ts';
import { useMessages, useScreen } from '../app/context.tsx';
import { useWide } from '../app/useWide.ts';
import { changesBetween } from '../screen/changes.ts';
import { DoneBar } from './DoneBar.tsx';
import { Keypad } from './Keypad.tsx';
import styles from './Member.module.css';
import { MemberHead } from './MemberHead.tsx';
import { Notices } from './Notices.tsx';
import { Offer } from './Offer.tsx';
import { Products } from './Products.tsx';
import { Rewards } from './Rewards.tsx';
import { SaleBar } from './SaleBar.tsx';
import { Balances } from './Balances.tsx';

/** Who is served: what they have, what they can have, and the one thing to do next. */
export function Member({ customer }: { readonly customer: Customer }) {
  const say = useMessages().till.counter;
  const done = useScreen((screen) => screen.done);
  const keypad = useScreen((screen) => screen.keypad);
  const wide = useWide();
  const recorded = done?.kind === 'recorded' ? done : null;
  const changes = recorded ? changesBetween(recorded.before, recorded.after) : [];
  return (
    <section className={styles.member} aria-label={customer.profile?.name ?? say.unnamed} data-test="member">
      <MemberHead customer={customer} />
      <div className={styles.scroll} key={keypad && !wide ? 'keypad' : 'rewards'}>
        <Notices />
        <Offer customer={customer} />
        {keypad && !wide ? (
          <Keypad />
        ) : (
          <>
            <Balances view={customer.view} changes={changes} />
            <Rewards view={customer.view} />
          </>
        )}
      </div>
      <div className={styles.foot}>
        {recorded ? (
          <DoneBar done={recorded} changes={changes} />
        ) : (
          <>
            {!(keypad && !wide) && <Products />}
            <SaleBar customer={customer} />
          </>
        )}
      </div>
    </section>
  );
}
