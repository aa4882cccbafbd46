import type { Context } from 'hono';
import { Hono } from 'hono';
import type { Deps } from '../deps.ts';
import type { OfficeEnv } from '../http/officeGuard.ts';
import { keepContext } from '../store/connection/context.ts';
import { exportCsv, exportNdjson } from '../usecases/office/export/exportLedger.ts';

/** The ledger as files, streamed page by page: a large one never lies in memory as a whole. */
export function officeExport(deps: Deps): Hono<OfficeEnv> {
  const app = new Hono<OfficeEnv>();
  app.get('/export.ndjson', (c) => {
    return download(c, deps, 'ndjson', 'application/x-ndjson', exportNdjson(deps, c.get('session').business));
  });
  app.get('/export.csv', (c) => {
    return download(c, deps, 'csv', 'text/csv; charset=utf-8', exportCsv(deps, c.get('session').business));
  });
  return app;
}

function download(
  c: Context,
  deps: Pick<Deps, 'clock'>,
  extension: string,
  type: string,
  chunks: AsyncGenerator<string>,
): Response {
  const day = new Date(deps.clock.now()).toISOString().slice(0, 10);
  const encoder = new TextEncoder();
  // The answer is read when the handler has long returned.
  const here = keepContext();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await here(() => chunks.next());
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await chunks.return(undefined);
    },
  });
  c.header('Content-Type', type);
  c.header('Content-Disposition', `attachment; filename="regulars-ledger-${day}.${extension}"`);
  return c.body(body);
}
