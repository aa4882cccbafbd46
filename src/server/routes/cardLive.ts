import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import { CHANGED } from '../../protocol/card/cardApi.ts';
import type { Deps } from '../deps.ts';
import type { PhoneSession } from '../store/cards.ts';
import { readMember } from '../store/members.ts';

/** Often enough for proxies that close silent connections, rare enough for batteries. */
const HEARTBEAT_MS = 25_000;

/** Hints to an open card that its member, or the shop's program, has changed. Carries no data. */
export async function cardLive(c: Context, deps: Pick<Deps, 'db' | 'live'>, session: PhoneSession): Promise<Response> {
  const member = (await readMember(deps.db, session.business, session.member))?.member ?? session.member;
  const mine = new Set([member, session.member]);
  c.header('X-Accel-Buffering', 'no');
  return streamSSE(c, async (stream) => {
    const stop = deps.live.subscribe(session.business, ({ members }) => {
      const concerned = members.length === 0 || members.some((each) => mine.has(each));
      if (concerned) void stream.writeSSE({ event: CHANGED, data: '' });
    });
    stream.onAbort(stop);
    while (!stream.aborted && !stream.closed) {
      await stream.write(': here\n\n');
      await stream.sleep(HEARTBEAT_MS);
    }
  });
}
