import { beforeEach, describe, expect, it, vi } from 'vitest';
import { both, stampCard } from '../../loyalty/presets.ts';
import type { OfficeProgram, OfficeStaff } from '../../protocol/office/officeApi.ts';
import { getDocument, listDocuments } from '../store/documents.ts';
import { createTestDeps } from '../testing/testDeps.ts';
import type { TestDeps } from '../testing/testDeps.ts';
import { ownShop } from '../testing/officeClient.ts';
import type { OfficeClient } from '../testing/officeClient.ts';
import { matchesPin } from '../usecases/office/pin.ts';

// Hashing is slow on purpose; a busy machine makes it slower.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let deps: TestDeps;
let owner: OfficeClient;
let business: string;
beforeEach(async () => {
  deps = await createTestDeps({ mode: 'live', publicUrl: 'https://cards.example' });
  owner = await ownShop(deps);
  business = ((await owner.send('GET', 'business')).json as { id: string }).id;
});

const add = (name: string, role: string, pin: string) => owner.send('POST', 'staff', { name, role, pin });
const refusalOf = async (answer: Promise<{ json: unknown }>) => ((await answer).json as { refusal?: unknown }).refusal;

describe('staff', () => {
  it('get a PIN that a till can check and nobody can read', async () => {
    await add('Kata', 'staff', '7294');
    const [kata] = await listDocuments(deps.db, business, 'staff');
    expect(kata?.pin.iterations).toBe(600_000);
    expect(await matchesPin('7294', kata!.pin)).toBe(true);
    expect(await matchesPin('7295', kata!.pin)).toBe(false);
    expect((await owner.send('GET', 'staff')).text).not.toContain(kata!.pin.hash);
  });

  it('have PINs of their own, long enough for the role, and not obvious', async () => {
    await add('Kata', 'staff', '7294');
    expect(await refusalOf(add('Pál', 'staff', '7294'))).toEqual({ kind: 'pin', problem: 'taken' });
    expect(await refusalOf(add('Pál', 'staff', '1234'))).toEqual({ kind: 'pin', problem: 'obvious' });
    expect(await refusalOf(add('Pál', 'manager', '7301'))).toEqual({ kind: 'pin', problem: 'length' });
    expect((await add('Pál', 'manager', '730192')).status).toBe(200);
  });

  it('need a new PIN with a higher role and when they come back', async () => {
    await add('Kata', 'staff', '7294');
    const [kata] = (await owner.send('GET', 'staff')).json as OfficeStaff[];
    const change = (body: object) => owner.send('PATCH', `staff/${kata?.id}`, body);
    expect(await refusalOf(change({ role: 'manager' }))).toEqual({ kind: 'pin', problem: 'length' });
    expect((await change({ active: false })).status).toBe(200);
    expect((await add('Pál', 'staff', '7294')).status).toBe(200);
    expect(await refusalOf(change({ active: true }))).toEqual({ kind: 'pin', problem: 'length' });
    expect((await change({ active: true, role: 'manager', pin: '482913' })).status).toBe(200);
  });

  it('always include an owner', async () => {
    await add('Anna', 'owner', '729405');
    const [anna] = (await owner.send('GET', 'staff')).json as OfficeStaff[];
    const change = (body: object) => owner.send('PATCH', `staff/${anna?.id}`, body);
    expect(await refusalOf(change({ active: false }))).toEqual({ kind: 'lastOwner' });
    expect(await refusalOf(change({ role: 'staff', pin: '7301' }))).toEqual({ kind: 'lastOwner' });
    await add('Béla', 'owner', '518273');
    expect((await change({ active: false })).status).toBe(200);
  });
});

describe('the program', () => {
  const publish = (program: unknown, basis: string) => owner.send('POST', 'program/publish', { program, basis });
  const current = async () => ((await owner.send('GET', 'program')).json as OfficeProgram).current;

  it('is published as a new version, with a secret that no screen gets', async () => {
    await publish(both({ scale: 0 }), '');
    const first = await current();
    expect(first?.program.secret).toBe('');
    const stored = await getDocument(deps.db, business, 'program', first?.hash ?? '');
    expect(stored?.program.secret).toHaveLength(43);
    expect((await getDocument(deps.db, business, 'business', business))?.program).toBe(first?.hash);
    await publish({ ...first?.program, products: [] }, first?.hash ?? '');
    const second = await current();
    expect(second?.hash).not.toBe(first?.hash);
    const next = await getDocument(deps.db, business, 'program', second?.hash ?? '');
    expect(next?.program.secret).toBe(stored?.program.secret);
    expect(await getDocument(deps.db, business, 'program', first?.hash ?? '')).toEqual(stored);
  });

  it('does not overwrite what somebody else has published meanwhile', async () => {
    await publish(both({ scale: 0 }), '');
    expect(await refusalOf(publish(stampCard({ scale: 0 }), ''))).toEqual({ kind: 'programChanged' });
  });

  it('is refused when it does not hold together', async () => {
    const program = stampCard({ scale: 0 });
    expect(await refusalOf(publish({ ...program, rewards: [] }, ''))).toMatchObject({ kind: 'programInvalid' });
    expect((await publish({ ...program, units: 'none' }, '')).status).toBe(400);
    expect(await current()).toBeNull();
  });
});

describe('tills', () => {
  it('are paired by a code of ten minutes that names its shop', async () => {
    const { locations } = (await owner.send('GET', 'business')).json as { locations: { id: string }[] };
    const made = await owner.send('POST', 'tills/pairing', { name: '1. pult', location: locations[0]?.id });
    expect(made.json).toMatchObject({ expiresAt: deps.clock.now() + 600_000 });
    const { code, url } = made.json as { code: string; url: string };
    expect(code).toMatch(/^[A-Z0-9]{4}-[A-Z0-9]{4}$/);
    expect(url).toBe(`https://cards.example/till/#pair=${code}`);
    const lost = await owner.send('POST', 'tills/pairing', { name: '1. pult', location: 'elsewhere' });
    expect(lost.status).toBe(404);
  });

  it('that are not there cannot be renamed or revoked', async () => {
    expect((await owner.send('PATCH', 'tills/none', { name: 'X' })).status).toBe(404);
    expect((await owner.send('POST', 'tills/none/revoke')).status).toBe(404);
  });
});
