import { createHmac } from 'node:crypto';
import type { OwnerCodes } from '../../protocol/documents.ts';
import { OWNER_CODE_DIGITS } from '../../protocol/ownerCode.ts';
import type { Deps } from '../deps.ts';
import { lockBusiness } from '../store/businesses.ts';
import { getDocument, putDocument } from '../store/documents.ts';
import { rotationSecretOf } from './card/cardKeys.ts';
import { verifierOf } from './office/pin.ts';

/** Codes that a till holds ahead: so many can be read out to it in one outage. */
const AHEAD = 4;
/**
 * Few, because every till's codes are renewed as they are used, and because it is not what protects them: whoever takes a
 * paired tablet apart finds eight digits at any number of rounds. A code is worth one reward, once, and the owner sees it.
 */
const ITERATIONS = 2000;

type Needs = Pick<Deps, 'db' | 'clock' | 'random' | 'live'>;

/** Gives a till the codes that it does not hold yet; cheap where nothing is to do, so that every pull can call it. */
export async function freshenOwnerCodes(deps: Needs, business: string, device: string): Promise<void> {
  const stored = await getDocument(deps.db, business, 'ownerCodes', device);
  if (stored && stored.codes.length >= AHEAD) return;
  const secret = await rotationSecretOf(deps, business);
  const first = (stored?.used ?? 0) + 1;
  const codes = await Promise.all(Array.from({ length: AHEAD }, (_, i) => codeVerifier(secret, device, first + i)));
  await deps.db.transaction().execute(async (trx) => {
    await lockBusiness(trx, business);
    const now = await getDocument(trx, business, 'ownerCodes', device);
    // A code was used meanwhile: the next pull renews.
    if ((now?.used ?? 0) !== (stored?.used ?? 0)) return;
    const data: OwnerCodes = { device, used: now?.used ?? 0, given: now?.given ?? 0, codes };
    await putDocument(trx, business, { kind: 'ownerCodes', id: device, data });
  });
  deps.live.moved(business, { members: [] });
}

/**
 * The next code for a till, to be read out to whoever stands there alone; where it holds no further one, the oldest that
 * was not used is read out again. `null`: the till has never been online since it was paired.
 */
export async function nextOwnerCode(deps: Needs, business: string, device: string): Promise<string | null> {
  const secret = await rotationSecretOf(deps, business);
  return deps.db.transaction().execute(async (trx) => {
    await lockBusiness(trx, business);
    const known = await getDocument(trx, business, 'ownerCodes', device);
    const after = Math.max(known?.given ?? 0, known?.used ?? 0);
    const next = known?.codes.find((code) => code.n > after) ?? known?.codes[0];
    if (!known || !next) return null;
    const { n } = next;
    const data = { ...known, given: Math.max(n, known.given) };
    await putDocument(trx, business, { kind: 'ownerCodes', id: device, data });
    return codeOf(secret, device, n);
  });
}

/** Stored nowhere: it comes from the business's secret, the till and its number. */
function codeOf(secret: Uint8Array, device: string, n: number): string {
  const mac = createHmac('sha256', secret).update(`regulars owner code 1\n${device}\n${n}`).digest();
  // 48 bits over 8 digits: no digit is likelier than another by more than one in a million.
  return String(mac.readUIntBE(0, 6) % 10 ** OWNER_CODE_DIGITS).padStart(OWNER_CODE_DIGITS, '0');
}

async function codeVerifier(secret: Uint8Array, device: string, n: number): Promise<OwnerCodes['codes'][number]> {
  const salt = createHmac('sha256', secret)
    .update(`regulars owner code salt 1\n${device}\n${n}`)
    .digest()
    .subarray(0, 16);
  return { n, pin: await verifierOf(codeOf(secret, device, n), salt, ITERATIONS) };
}
