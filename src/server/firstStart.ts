import type { Deps } from './deps.ts';
import { DEMO_OWNER, DEMO_PAIRING_CODE, DEMO_STAFF } from './demo/access.ts';
import { seedDemo } from './demo/seed.ts';
import { inTurn } from './jobs/inTurn.ts';
import { createSetupLink } from './usecases/office/account/setupLink.ts';

/**
 * What has to be there before anybody comes: in the demo the sample shop, otherwise, while there is no owner, a one-time
 * link for the first one. Gives the lines to print for the person at the terminal; none belong in a log.
 */
export async function firstStart(deps: Deps): Promise<readonly string[]> {
  const { publicUrl, mode } = deps.config;
  if (mode === 'demo') {
    await inTurn(deps, 'demo', () => seedDemo(deps));
    const barista = DEMO_STAFF[0];
    return [
      'Regulars, demo (an invented cafe; nothing here is real)',
      `  Start here   ${publicUrl}/`,
      `  Till         ${publicUrl}/till/#pair=${DEMO_PAIRING_CODE}   then ${barista.name}, PIN ${barista.pin}`,
      `  A card       ${publicUrl}/demo/card`,
      `  Back office  ${publicUrl}/office/   ${DEMO_OWNER.email}, ${DEMO_OWNER.password}`,
    ];
  }
  const link = await createSetupLink(deps);
  if (link === null) return [`Regulars   ${publicUrl}/office/`];
  return [
    'Regulars is not set up yet. Open this link to begin; it works once, for 24 hours, and the next start makes a new one:',
    `  ${link}`,
  ];
}
