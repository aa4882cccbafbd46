import { isIPv4, isIPv6 } from 'node:net';
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';
import type { Config } from '../config.ts';

/** Where a request comes from. What a proxy says is believed only where the operator said there is one. */
export function addressOf(c: Context, config: Pick<Config, 'trustProxy'>): string {
  if (config.trustProxy) {
    // The last entry is the one that our own proxy wrote; those before it come from the client.
    const last = c.req.header('X-Forwarded-For')?.split(',').at(-1)?.trim();
    if (last) return countedAs(last);
  }
  return countedAs(connected(c) ?? 'local');
}

/**
 * What tries are counted under: one name for one customer of a network, however the address is written. Of IPv6 that is the
 * first 64 bits, since whoever has one address there has all the others behind them.
 */
export function countedAs(address: string): string {
  // Some proxies write a port behind it.
  const bare = /^\[(.+)\](?::\d+)?$/.exec(address)?.[1] ?? /^([\d.]+):\d+$/.exec(address)?.[1] ?? address;
  const [plain = ''] = bare.split('%');
  if (isIPv4(plain)) return plain;
  if (!isIPv6(plain)) return address.slice(0, 64).toLowerCase();
  const groups = groupsOf(plain);
  const mapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xff_ff;
  if (mapped)
    return groups
      .slice(6)
      .flatMap((group) => [group >> 8, group & 255])
      .join('.');
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`;
}

/** The eight groups of an IPv6 address. */
function groupsOf(address: string): number[] {
  const dotted = /(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address);
  const [a = 0, b = 0, c = 0, d = 0] = dotted?.slice(1).map(Number) ?? [];
  const hex = (n: number) => n.toString(16);
  const plain = dotted ? address.slice(0, dotted.index) + `${hex(a * 256 + b)}:${hex(c * 256 + d)}` : address;
  const [left = '', right] = plain.split('::');
  const read = (part: string | undefined) => (part ? part.split(':').map((group) => Number.parseInt(group, 16)) : []);
  const [first, last] = [read(left), read(right)];
  return [...first, ...Array.from({ length: 8 - first.length - last.length }, () => 0), ...last];
}

function connected(c: Context): string | undefined {
  // Requests that tests hand to the app directly have no connection.
  return c.env && 'incoming' in c.env ? getConnInfo(c).remote.address : undefined;
}
