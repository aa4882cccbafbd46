import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

/**
 * The server asks nobody for anything: there is nothing that a request could make it fetch. Whoever adds the first outgoing
 * request (a webhook, a mail) adds the guard of addresses with it.
 */
const root = resolve(import.meta.dirname, '../..');
const ROOMS = ['src/server', 'src/protocol', 'src/loyalty', 'src/i18n'];
const OUTGOING = [
  /\bfetch\s*\(/,
  /\bnew (?:WebSocket|EventSource|XMLHttpRequest)\b/,
  /from '(?:node:)?(?:http|https|http2|net|tls|dgram|dns|child_process|undici|axios|got|ws|nodemailer)(?:\/\w+)?'/,
  /\brequire\(/,
  /\bimport\(\s*['"](?:node:)?(?:http|https|http2|net|tls|dgram|dns|child_process)/,
];
/** What serves, and what reads an address, asks nobody. */
const SERVING = ["import { createServer } from 'node:https';", "import { isIPv4, isIPv6 } from 'node:net';"];

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return files(path);
    return entry.name.endsWith('.ts') && !/\.test\.ts$|\/testing\//.test(path) ? [path] : [];
  });
}

function outgoingIn(source: string): string[] {
  const code = SERVING.reduce((text, line) => text.replace(line, ''), source).replaceAll(
    /\/\*[\s\S]*?\*\/|\/\/.*/g,
    '',
  );
  return OUTGOING.flatMap((pattern) => pattern.exec(code)?.[0] ?? []);
}

describe('the server', () => {
  const all = ROOMS.flatMap((room) => files(join(root, room)));

  it('asks nobody for anything', () => {
    const found = all.flatMap((path) =>
      outgoingIn(readFileSync(path, 'utf8')).map((one) => `${relative(root, path)}: ${one}`),
    );
    // `app.fetch` is what answers.
    expect(found).toEqual([]);
    expect(all.length).toBeGreaterThan(150);
  });

  it('would be caught asking', () => {
    const lines = ["await fetch('http://x')", "import { request } from 'node:https';", "import net from 'node:net';"];
    lines.push("import { connect } from 'net';", "const a = await import('node:http');", 'new WebSocket(url)');
    for (const line of lines) expect(outgoingIn(line), line).toHaveLength(1);
    expect(outgoingIn('// fetch(x) is not code\n/* nor fetch(y) */')).toEqual([]);
  });

  it('builds no code and no statement out of text', () => {
    const dangerous = /\beval\s*\(|new Function\s*\(|node:vm|sql\.raw\(`[^`]*\$\{/;
    const found = all.filter((path) => dangerous.test(readFileSync(path, 'utf8'))).map((path) => relative(root, path));
    expect(found).toEqual([]);
  });
});
