import { createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A balancer as simple as they come: one request here, the next one there, whoever lives or not. */
export interface RoundRobin {
  readonly origin: string;
  readonly close: () => Promise<void>;
}

export async function startRoundRobin(ports: () => readonly number[]): Promise<RoundRobin> {
  let turn = 0;
  const server = createServer((request, response) => {
    turn += 1;
    const all = ports();
    forward(all[turn % all.length] ?? 0, request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function forward(port: number, request: IncomingMessage, response: ServerResponse): void {
  const { method, url, headers } = request;
  const behind = ask({ port, host: '127.0.0.1', method, path: url, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
    // It died in the middle of its answer.
    answer.once('error', () => response.destroy());
  });
  behind.once('error', () => {
    if (response.headersSent) response.destroy();
    else response.writeHead(502).end();
  });
  response.once('close', () => behind.destroy());
  request.pipe(behind);
}
