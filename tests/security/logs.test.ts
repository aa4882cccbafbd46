import { describe, expect, it } from 'vitest';
import { hashText } from '../../src/protocol/hash.ts';
import { createLog } from '../../src/server/log.ts';
import { ask, caseOf } from './ask.ts';
import { ROUTES } from './routes.ts';
import { CALLERS, METRICS_TOKEN, openWorld, type World } from './world.ts';

/** Everything in the store and in what callers hold that no log may ever have. */
async function secretsOf({ deps, a, b, setupToken }: World): Promise<readonly string[]> {
  const { db } = deps;
  const keys = await db.selectFrom('card_signing_keys').select('d').execute();
  const rotation = await db.selectFrom('card_secrets').select('rotation').execute();
  const sessions = [a, b].flatMap((one) => [one.office, one.card, one.expired, one.signedOut]);
  const tokens = sessions.map((cookie) => cookie.slice(cookie.indexOf('=') + 1));
  const people = [a, b].flatMap((one) => [one.mark, one.member, one.recoveryCode, one.token]);
  const inTheTable = ['CDFG-HJKM', 'AAAAA-BBBBB', 'eve@example.com', 'a long enough one', '+36 30 123 4567'];
  return [
    setupToken,
    METRICS_TOKEN,
    ...tokens,
    ...tokens.map(hashText),
    ...people,
    ...keys.map(({ d }) => d),
    ...rotation.map((row) => row.rotation),
    ...inTheTable,
    ...'Nagy,Kovács,Bea,1234567,Regulars device,Bearer,__Host-'.split(','),
  ];
}

describe('the log, at its most talkative', () => {
  it('says nothing of what it serves, whoever asks for whatever', async () => {
    const world = await openWorld();
    const secrets = await secretsOf(world);
    // Signing out and forgetting come last, or there would be little to say.
    const names = Object.keys(ROUTES).sort(
      (x, y) => Number(/sign-out|forget|erase/.test(x)) - Number(/sign-out|forget|erase/.test(y)),
    );
    for (const name of names) {
      for (const caller of new Set([...caseOf(name).may.slice(0, 1), ...CALLERS.slice(-1)])) {
        await ask(world, { name, caller, own: world.a, target: world.a });
      }
    }
    const said = world.log.join('');
    expect(world.log.length).toBeGreaterThan(names.length);
    for (const secret of secrets) expect(said.includes(secret), secret).toBe(false);
  });

  it('says who tries to sign in to the office again and again, without saying who that is', async () => {
    const world = await openWorld();
    const attempt = async (email: string, secret: string) => {
      const before = world.log.length;
      const headers = { 'x-regulars-office': '1', 'content-type': 'application/json' };
      const body = JSON.stringify({ email, password: secret });
      const { status } = await world.app.request('/office/api/sign-in', { method: 'POST', headers, body });
      const lines = world.log.slice(before).map((line) => JSON.parse(line) as Record<string, unknown>);
      return { status, line: lines.find(({ level }) => level === 40) };
    };
    const first = await attempt('eve@example.com', 'not the password at all');
    const again = await attempt(' EVE@example.com', 'another one, just as wrong');
    const other = await attempt('mallory@example.com', 'not the password at all');
    expect([first, again, other].map(({ status }) => status)).toEqual([422, 422, 422]);
    expect(first.line).toMatchObject({ why: 'wrongLogin', msg: 'a sign-in to the office failed' });
    expect(again.line).toMatchObject({ login: first.line?.['login'], from: first.line?.['from'] });
    expect(other.line?.['login']).not.toBe(first.line?.['login']);
    expect(first.line?.['login']).toMatch(/^[0-9a-f]{12}$/);
    for (let tries = 0; tries < 4; tries++) await attempt('eve@example.com', 'not the password at all');
    expect((await attempt('eve@example.com', 'not the password at all')).line).toMatchObject({ why: 'wait' });
    const said = world.log.join('');
    expect(said).not.toMatch(/eve@|mallory|example\.com|password at all|just as wrong|127\.0\.0\.1/i);
  });

  it('says nothing of it when the store fails, either', async () => {
    const world = await openWorld();
    const secrets = await secretsOf(world);
    await world.deps.db.destroy();
    for (const name of Object.keys(ROUTES)) {
      const caller = caseOf(name).may[0] ?? 'nobody';
      await ask(world, { name, caller, own: world.a, target: world.a });
    }
    const said = world.log.join('');
    expect(said).toContain('a request ended in an error');
    for (const secret of secrets) expect(said.includes(secret), secret).toBe(false);
  });
});

describe('what slips in', () => {
  const written = (write: (log: ReturnType<typeof createLog>) => void) => {
    const lines: string[] = [];
    write(createLog({ logLevel: 'trace' }, { write: (line: string) => void lines.push(line) }));
    return lines.join('');
  };

  it('is blacked out where it is named', () => {
    const person = {
      name: 'Nagy Anna',
      phone: '+36301234567',
      email: 'anna@example.com',
      birthday: '03-02',
      pin: '8351',
    };
    const said = written((log) => {
      log.info({ ...person, token: 'secret-token', password: 'secret-word', code: 'CDFG-HJKM' }, 'x');
      log.info({ member: person, request: { headers: { cookie: 'secret-cookie' }, body: 'secret-body' } }, 'x');
      log.info({ headers: { authorization: 'secret-proof' }, body: { pin: '8351' } }, 'x');
    });
    expect(said).not.toMatch(/Nagy|3630|anna@|03-02|8351|secret|CDFG/);
  });

  it('is left out of errors: the row that PostgreSQL tells, the text that a parser quotes', () => {
    const said = written((log) => {
      const detail = 'Key (email)=(anna@example.com) already exists.';
      log.error({ err: Object.assign(new Error('duplicate key'), { code: '23505', detail, where: 'Nagy Anna' }) }, 'x');
      const quoted = Object.assign(new Error('invalid input syntax: "Nagy Anna"'), { code: '22P02' });
      log.error({ err: new Error('outer', { cause: quoted }) }, 'x');
      try {
        JSON.parse('Nagy Anna');
      } catch (error) {
        log.error({ err: error }, 'x');
      }
      log.error({ err: 'Nagy Anna' }, 'x');
    });
    expect(said).toContain('duplicate key');
    expect(said).toContain('23505');
    expect(said).toContain('logs.test.ts');
    expect(said).not.toMatch(/Nagy|anna@/);
  });
});
