import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { lockProblems, readAudit, type Lock, type Manifest } from '../../tools/dependencies.ts';

const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));
const lock = read('package-lock.json') as Lock;
const manifest = read('package.json') as Manifest;
const good = { version: '1.0.0', integrity: `sha512-${'A'.repeat(86)}==` };
const problemsOf = (one: object, more: Manifest = {}) => lockProblems({ packages: { 'node_modules/x': one } }, more);

describe('the lock', () => {
  it('holds what was really looked at', () => {
    expect(Object.keys(lock.packages).length).toBeGreaterThan(300);
    expect(lockProblems(lock, manifest)).toEqual([]);
  });

  it.each([
    ['without a hash', { version: '1.0.0' }],
    ['with a weak hash', { ...good, integrity: 'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=' }],
    ['from a repository', { ...good, resolved: 'git+ssh://git@github.com/x/x.git#abc' }],
    ['from an address', { ...good, resolved: 'https://example.com/x.tgz' }],
    ['that is a folder', { ...good, link: true }],
    ['that runs something', { ...good, hasInstallScript: true }],
    ['without a version', { integrity: good.integrity }],
  ])('would be found holding a package %s', (_, one) => expect(problemsOf(one)).toHaveLength(1));

  it('may hold what is on the list', () => {
    expect(problemsOf({ ...good, hasInstallScript: true }, { allowScripts: { x: true } })).toEqual([]);
  });

  it.each(['^1.0.0', '*', 'latest', 'git+https://example.com/x.git', 'file:../x', 'npm:y@1.0.0'])(
    'is asked for exact versions, not for %s',
    (version) => expect(problemsOf(good, { dependencies: { x: version } })).toHaveLength(1),
  );
});

describe('an audit', () => {
  it('fails for what is bad, and only for that', () => {
    const vulnerabilities = { a: { severity: 'critical' }, b: { severity: 'moderate' }, c: { severity: 'high' } };
    expect(readAudit(JSON.stringify({ vulnerabilities }))).toEqual({
      checked: true,
      found: ['a: critical', 'c: high'],
    });
    expect(readAudit('{"vulnerabilities":{}}')).toEqual({ checked: true, found: [] });
  });

  it.each(['', 'no JSON', '{"message":"405 Method Not Allowed"}'])('that nobody answered is none: %s', (output) => {
    expect(readAudit(output)).toEqual({ checked: false, found: [] });
  });
});
