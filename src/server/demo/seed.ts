import type { Deps } from '../deps.ts';
import { dayOf } from '../../protocol/day.ts';
import { hasAccounts, insertAccount } from '../store/accounts.ts';
import { forBusiness } from '../store/connection/context.ts';
import { freshenCardKeys } from '../usecases/card/cardKeys.ts';
import { hashPassword } from '../usecases/office/account/password.ts';
import { createPairingCode } from '../usecases/pair.ts';
import { DEMO_BUSINESS, DEMO_OWNER, DEMO_PAIRING_CODE } from './access.ts';
import { createChance } from './chance.ts';
import { dayBefore, instantAt } from './clockTimes.ts';
import { createDemoTill } from './demoTill.ts';
import { emptyDemo } from './emptyDemo.ts';
import { liveDay } from './history.ts';
import type { History } from './history.ts';
import { joinOn } from './members.ts';
import { rememberCard } from './demoCard.ts';
import { NORA } from './people.ts';
import { createDemoShop, DEMO_LOCATIONS } from './shop.ts';

const DAYS = 30;
const SEED = 20_26;

/**
 * Fills an empty demo database with a cafe that has been open for a month: everything goes the ways that real cards and
 * tills go, so that every balance explains itself here as well. Does nothing where the shop is there, begins again where a
 * start was cut short, and throws in live mode.
 */
export async function seedDemo(deps: Deps): Promise<void> {
  if (deps.config.mode !== 'demo') throw new Error('The demo shop is for demo mode alone.');
  const isNew = !(await hasAccounts(deps.db));
  await forBusiness(DEMO_BUSINESS, () => prepare(deps, isNew));
}

async function prepare(deps: Deps, isNew: boolean): Promise<void> {
  if (isNew) {
    await emptyDemo(deps.db);
    await seed(deps);
  }
  await createPairingCode(deps, DEMO_BUSINESS, {
    deviceName: '3. pult',
    location: DEMO_LOCATIONS[0].id,
    demoCode: DEMO_PAIRING_CODE,
  });
  await freshenCardKeys(deps, DEMO_BUSINESS);
}

async function seed(deps: Deps): Promise<void> {
  const now = deps.clock.now();
  const openedAt = now - (DAYS + 1) * 86_400_000;
  const { business, program } = await createDemoShop(deps, openedAt);
  const till = (at: 0 | 1) =>
    createDemoTill(deps, {
      business: DEMO_BUSINESS,
      device: `demo-till-${at + 1}`,
      name: `${at + 1}. pult`,
      location: DEMO_LOCATIONS[at].id,
      program: business.program,
      pairedAt: openedAt,
    });
  const history: History = {
    program,
    timeZone: business.timeZone,
    tills: [await till(0), await till(1)],
    chance: createChance(SEED),
    members: [],
    now,
  };
  const today = dayOf(now, business.timeZone, business.cutOverHour);
  for (let ago = DAYS; ago >= 0; ago -= 1) {
    const day = dayBefore(today, ago);
    const morning = Math.min(now, instantAt(day, 6 * 60 + 50, business.timeZone));
    history.members.push(...(await joinOn({ ...deps, clock: { now: () => morning } }, ago)));
    liveDay(history, day, ago);
    const evening = Math.min(now, instantAt(day, 19 * 60, business.timeZone));
    for (const one of history.tills) await one.bring({ ...deps, clock: { now: () => evening } });
  }
  const nora = history.members.find((one) => one.person.name === NORA);
  if (nora) await rememberCard(deps.db, nora.card);
  // The account comes last: a seeding that was cut short is not taken for a finished one.
  await insertAccount(deps.db, {
    business: DEMO_BUSINESS,
    account: 'demo-owner',
    name: DEMO_OWNER.name,
    email: DEMO_OWNER.email,
    password: await hashPassword(DEMO_OWNER.password),
    created_at: openedAt,
  });
}
