import { checkProgram } from '../../../loyalty/checks/checkProgram.ts';
import type { Program } from '../../../loyalty/program.ts';
import { programHash } from '../../../protocol/hash.ts';
import type { OfficeProgram, OfficeRefusal } from '../../../protocol/office/officeApi.ts';
import type { Deps } from '../../deps.ts';
import { newToken } from '../tokens.ts';
import { lockBusiness } from '../../store/businesses.ts';
import { getDocument, putDocument } from '../../store/documents.ts';
import { readEpoch } from '../../store/epoch.ts';
import { grantSharesIn } from '../shares/grantShares.ts';

/** The program in force, without its secret: nobody who looks at a screen shall foresee surprises. */
export async function readProgram(deps: Pick<Deps, 'db'>, business: string): Promise<OfficeProgram> {
  const hash = (await getDocument(deps.db, business, 'business', business))?.program;
  const version = hash ? await getDocument(deps.db, business, 'program', hash) : null;
  return { current: version && { ...version, program: { ...version.program, secret: '' } } };
}

/**
 * Puts a new version in force. `basis` is the version that was edited: where another one is in force by now, nothing is
 * overwritten. The secret stays what it was; a first program gets one.
 */
export async function publishProgram(
  deps: Pick<Deps, 'db' | 'clock' | 'random' | 'live'>,
  business: string,
  { program, basis }: { readonly program: Program; readonly basis: string },
): Promise<{ readonly ok: true; readonly hash: string } | { readonly ok: false; readonly refusal: OfficeRefusal }> {
  const problems = checkProgram(program);
  if (problems.length > 0) {
    return {
      ok: false,
      refusal: { kind: 'programInvalid', problems: problems.map(({ at, kind }) => `${at}: ${kind}`) },
    };
  }
  const done = await deps.db.transaction().execute(async (trx) => {
    // Before the version in force is read: of two who publish at once, the second is told so.
    await lockBusiness(trx, business);
    const shop = await getDocument(trx, business, 'business', business);
    if (!shop) return { ok: false, refusal: { kind: 'notFound' } } as const;
    if (shop.program !== basis) return { ok: false, refusal: { kind: 'programChanged' } } as const;
    const before = basis ? await getDocument(trx, business, 'program', basis) : null;
    const secret = before?.program.secret || newToken(deps.random);
    const next = { ...program, secret };
    const hash = programHash(next);
    if (hash === basis) return { ok: true, hash } as const;
    // The same again is no new offer: an earlier life of this server may have granted of it.
    const known = await getDocument(trx, business, 'program', hash);
    const life = known ? (known.life ?? null) : await readEpoch(trx);
    const version = { hash, publishedAt: deps.clock.now(), program: next, life };
    // The version comes before the business that names it, so that a till never knows the name alone.
    await putDocument(trx, business, { kind: 'program', id: hash, data: version });
    await putDocument(trx, business, { kind: 'business', id: business, data: { ...shop, program: hash } });
    // Together with the offer, so that no till knows of one without what it may give of it.
    await grantSharesIn(trx, deps, business);
    return { ok: true, hash } as const;
  });
  if (done.ok) deps.live.moved(business, { members: [] });
  return done;
}
