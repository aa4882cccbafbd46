import type { TillScreen } from './till.ts';
import { until } from './harness.ts';

/**
 * Types as a keyboard scanner does. On a busy machine the keys may come as slowly as a person's; then the scanner's
 * trigger is pulled again.
 */
export async function pullTrigger(till: TillScreen, text: string, arrived: () => Promise<boolean>): Promise<void> {
  await until(async () => {
    await till.page.keyboard.type(text);
    await till.page.keyboard.press('Enter');
    return until(arrived, 'the scan to arrive', 3000).then(
      () => true,
      () => false,
    );
  }, 'a scan of the keyboard scanner');
}

/** A customer's code before the keyboard scanner: the customer is on the screen. */
export function serveByScanner(till: TillScreen, customer: { readonly name: string; readonly qr: string }) {
  return pullTrigger(till, customer.qr, () => till.at('member-name').filter({ hasText: customer.name }).isVisible());
}
