import { createServer, request as ask } from 'node:http';

export interface SlowProxy {
  readonly url: string;
  /** From now on it is slow and leaky; before, it only passes on. */
  readonly begin: () => void;
  readonly close: () => Promise<void>;
}

/** The network between a till and its server. */
export interface Weather {
  /** Both ways together. */
  readonly roundTripMs: number;
  /** Share of answers that never come: the server has done its work, and the till does not know. */
  readonly lostAnswers: number;
}

/** Stands before a server, as a slow and leaky network; loses the same answers in every run. */
export async function slowProxy(target: string, { roundTripMs, lostAnswers }: Weather): Promise<SlowProxy> {
  let begun = false;
  let state = 1;
  const chance = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const later = (run: () => void) => (begun ? setTimeout(run, roundTripMs / 2) : run());
  const server = createServer((incoming, outgoing) => {
    const parts: Buffer[] = [];
    incoming.on('data', (part: Buffer) => parts.push(part));
    incoming.on('end', () => {
      const isLost = begun && incoming.method === 'POST' && chance() < lostAnswers;
      later(() => {
        const { method, headers } = incoming;
        const forwarded = ask(new URL(incoming.url ?? '/', target), { method, headers }, (answer) => {
          const back: Buffer[] = [];
          answer.on('data', (part: Buffer) => back.push(part));
          answer.on('end', () => {
            later(() => {
              if (isLost) outgoing.destroy();
              else outgoing.writeHead(answer.statusCode ?? 502, answer.headers).end(Buffer.concat(back));
            });
          });
        });
        forwarded.on('error', () => outgoing.destroy());
        forwarded.end(Buffer.concat(parts));
      });
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    begin: () => {
      begun = true;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
}
