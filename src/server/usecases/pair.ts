import type { Kysely } from 'kysely';
import { pairingText } from '../../protocol/deviceProof.ts';
import { hashText, ZERO_HASH } from '../../protocol/hash.ts';
import type { PairAnswer, PairRequest } from '../../protocol/pairing.ts';
import type { Deps } from '../deps.ts';
import type { Schema } from '../store/schema.ts';
import type { Verify } from '../http/verifier.ts';
import { lockBusiness } from '../store/businesses.ts';
import { forBusiness } from '../store/connection/context.ts';
import { transact } from '../store/connection/transact.ts';
import { businessOfCode, takeCode } from '../store/devices.ts';
import { listDocuments, putDocument } from '../store/documents.ts';
import { readEpoch } from '../store/epoch.ts';
import { endDevice } from './devices.ts';

/** Letters that nobody confuses, dictated or read: no vowels, no 0/O, 1/I/L, 2/Z, 5/S, 8/B. */
const ALPHABET = 'CDFGHJKMNPQRTVWX3479';
const CODE_LENGTH = 8;
const CODE_LIFE_MS = 10 * 60_000;

export interface PairingCode {
  /** As it is shown: `CDFG-3479`. */
  readonly code: string;
  readonly expiresAt: number;
}

export interface PairingOptions {
  readonly deviceName: string;
  /** Location id. */
  readonly location: string;
  /** The demo's known code, good for any number of tills; absent in a real shop. */
  readonly demoCode?: string;
  /** The device that ends when the new one is paired, and whose name it takes. */
  readonly replaces?: string;
}

type PairDeps = Pick<Deps, 'db' | 'clock' | 'random' | 'live'>;

/** Makes a one-time code with which a till joins the business: 8 symbols, 10 minutes. Stored as a hash only. */
export async function createPairingCode(
  deps: Pick<Deps, 'db' | 'clock' | 'random'>,
  business: string,
  { deviceName, location, demoCode, replaces }: PairingOptions,
): Promise<PairingCode> {
  const code = demoCode ?? randomCode(deps.random.bytes);
  const expiresAt = demoCode ? Number.MAX_SAFE_INTEGER : deps.clock.now() + CODE_LIFE_MS;
  const row = {
    hash: hashText(plain(code)),
    business,
    device_name: deviceName,
    location,
    expires_at: expiresAt,
    reusable: demoCode ? 1 : 0,
    replaces: replaces ?? null,
  };
  await deps.db.deleteFrom('pairing_codes').where('expires_at', '<', deps.clock.now()).execute();
  await deps.db
    .insertInto('pairing_codes')
    .values(row)
    .onConflict((c) => c.column('hash').doUpdateSet(row))
    .execute();
  return { code, expiresAt };
}

/** A till redeems its code. `null`: wrong, used or expired code, or no proof of the key; the caller counts tries. */
export async function pairDevice(deps: PairDeps, request: PairRequest, verify: Verify): Promise<PairAnswer | null> {
  const { publicKey, proof } = request;
  if (!(await verify(publicKey, pairingText(request.code, request.device), proof))) return null;
  const hash = hashText(plain(request.code));
  const now = deps.clock.now();
  const business = await businessOfCode(deps.db, hash);
  if (business === null) return null;
  const pairing = deps.db.transaction();
  const answer = await forBusiness(business, () =>
    pairing.execute(async (trx) => {
      const code = await takeCode(trx, hash, now);
      if (!code) return null;
      // Two tills that pair at once must not get the same name.
      await lockBusiness(trx, business);
      const { location } = code;
      const device = await insertDevice(trx, business, request, { fresh: deps.random.id(), now });
      if (code.replaces !== null && code.replaces !== device) {
        await endDevice(trx, business, code.replaces, { at: now, how: 'replaced', by: null, successor: device });
      }
      const known = (await listDocuments(trx, business, 'device')).filter((one) => one.id !== code.replaces);
      const taken = new Set(known.map((one) => one.name));
      const name = freeName(code.device_name, taken);
      await putDocument(trx, business, {
        kind: 'device',
        id: device,
        data: { id: device, name, location, revoked: false },
      });
      const epoch = await readEpoch(trx);
      return { device, name, business, location, epoch, cursor: { epoch, gseq: 0, chain: ZERO_HASH, rev: 0 } };
    }),
  );
  if (answer) deps.live.moved(answer.business, { members: [] });
  return answer;
}

/**
 * Stores the device and gives its id: the one it asks to have again, where nobody else has it (this server was restored from a
 * backup that is older than the pairing) or where it is that device's key; else a fresh one.
 */
async function insertDevice(
  trx: Kysely<Schema>,
  business: string,
  { device: asked, publicKey: { x, y } }: PairRequest,
  { fresh, now }: { readonly fresh: string; readonly now: number },
): Promise<string> {
  const insert = (device: string) =>
    trx
      .insertInto('devices')
      .values({ device, business, x, y, paired_at: now, revoked_at: null, seen_at: now, health: null })
      .onConflict((c) => c.column('device').doNothing())
      .executeTakeFirst();
  if (asked === undefined || asked === 'server') return insert(fresh).then(() => fresh);
  const { numInsertedOrUpdatedRows: done = 0n } = await insert(asked);
  if (done > 0n) return asked;
  const known = await trx
    .selectFrom('devices')
    .select(['x', 'y', 'revoked_at'])
    .where('business', '=', business)
    .where('device', '=', asked)
    .executeTakeFirst();
  if (known?.x === x && known.y === y && known.revoked_at === null) return asked;
  await insert(fresh);
  return fresh;
}

/**
 * Ends a till's access from the office: it may still bring what it has recorded, which is flagged for review, and gets
 * nothing any more. `false` where the business has no such till.
 */
export async function revokeDevice(
  deps: Pick<Deps, 'db' | 'clock' | 'live'>,
  business: string,
  device: string,
): Promise<boolean> {
  const end = { at: deps.clock.now(), how: 'office', by: null, successor: null } as const;
  const done = await transact(deps.db, (trx) => endDevice(trx, business, device, end));
  if (done) deps.live.moved(business, { members: [] });
  return done;
}

/** Codes are the same however they are typed: lower case, with or without the dash. */
function plain(code: string): string {
  return code.toUpperCase().replaceAll(/[^A-Z0-9]/g, '');
}

function randomCode(bytes: (n: number) => Uint8Array): string {
  let code = '';
  while (code.length < CODE_LENGTH) {
    for (const byte of bytes(16)) {
      // 240 = 12 * 20: the bytes above would favor the first letters.
      if (byte < 240 && code.length < CODE_LENGTH) code += ALPHABET[byte % ALPHABET.length];
    }
  }
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  let n = 2;
  while (taken.has(`${name} ${n}`)) n++;
  return `${name} ${n}`;
}
