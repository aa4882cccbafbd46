import { both } from '../../../src/loyalty/presets.ts';
import { toBase64Url } from '../../../src/protocol/bytes.ts';
import { pairingText, signText } from '../../../src/protocol/deviceProof.ts';
import { programHash } from '../../../src/protocol/hash.ts';
import type { PairAnswer } from '../../../src/protocol/pairing.ts';
import { createApp } from '../../../src/server/app.ts';
import type { Deps } from '../../../src/server/deps.ts';
import { forBusiness } from '../../../src/server/store/connection/context.ts';
import { putDocument } from '../../../src/server/store/documents.ts';
import { testBusiness } from '../../../src/server/testing/testShop.ts';
import { createPairingCode } from '../../../src/server/usecases/pair.ts';
import type { Chance } from '../chance.ts';

/** Three stamps make a gift, and a point per 100: a load with credits, carries, vouchers and redemptions. */
export const LOAD_PROGRAM = both({ scale: 0, takes: 3, giftIsLast: false });

/** A paired device, as a driver process needs it. */
export interface PairedTill {
  readonly business: string;
  readonly device: string;
  readonly run: string;
  readonly epoch: string;
  readonly key: JsonWebKey;
  /** The loopback address it calls from, so that each shop has its own, as in life. */
  readonly address: string;
}

/** Makes the businesses, and pairs their tills as tills do. */
export async function makeShops(deps: Deps, chance: Chance, shops: number, tillsEach: number): Promise<PairedTill[]> {
  const tills: PairedTill[] = [];
  for (let shop = 1; shop <= shops; shop++) {
    const business = `shop-${shop}`;
    await forBusiness(business, () => makeShop(deps, business));
    for (let n = 1; n <= tillsEach; n++) {
      const address = `127.0.${shop}.${n}`;
      tills.push({ ...(await pairTill(deps, business, `Till ${n}`)), run: runName(chance), address });
    }
  }
  return tills;
}

async function makeShop({ db, clock }: Deps, business: string): Promise<void> {
  const hash = programHash(LOAD_PROGRAM);
  const shop = { ...testBusiness, id: business, demo: false, program: hash };
  await putDocument(db, business, { kind: 'business', id: business, data: shop });
  const version = { hash, publishedAt: clock.now(), program: LOAD_PROGRAM };
  await putDocument(db, business, { kind: 'program', id: hash, data: version });
  await putDocument(db, business, { kind: 'location', id: 'main', data: { id: 'main', name: 'Main' } });
  const pin = { salt: 'c2FsdA==', iterations: 1, hash: 'aGFzaA==' };
  const barista = { id: 'barista', name: 'Bea', role: 'staff', active: true, pin } as const;
  await putDocument(db, business, { kind: 'staff', id: 'barista', data: barista });
}

const runName = (chance: Chance) => `run-${toBase64Url(chance.bytes(8))}`;

async function pairTill(deps: Deps, business: string, deviceName: string) {
  const till = { deviceName, location: 'main' };
  const { code } = await forBusiness(business, () => createPairingCode(deps, business, till));
  const keys = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', keys.publicKey);
  const proof = await signText(keys.privateKey, pairingText(code));
  const body = JSON.stringify({ code, publicKey: { x, y }, proof });
  const answer = await createApp(deps).request('/pair', { method: 'POST', body });
  if (!answer.ok) throw new Error(`a till of ${business} could not be paired: ${await answer.text()}`);
  const paired = (await answer.json()) as PairAnswer;
  const key = await crypto.subtle.exportKey('jwk', keys.privateKey);
  return { business, device: paired.device, epoch: paired.epoch, key };
}
