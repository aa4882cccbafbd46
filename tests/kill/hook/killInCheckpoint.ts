import { writeFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { listen } from './statements.ts';

const ASSASSIN = `
  const { workerData } = require('node:worker_threads');
  const flag = new Int32Array(workerData.shared);
  Atomics.wait(flag, 0, 0);
  if (workerData.ms > 0) Atomics.wait(flag, 1, 0, workerData.ms);
  process.kill(process.pid, 'SIGKILL');
`;

/**
 * Kills the process from another thread while SQLite moves the write-ahead log into the database file, which blocks the
 * main thread. The mark says whether it was hit inside (`IN_CHECKPOINT`) or came too late (`late`).
 */
export function killInCheckpoint(nth: number, ms: number, mark: string): void {
  const shared = new SharedArrayBuffer(8);
  const flag = new Int32Array(shared);
  new Worker(ASSASSIN, { eval: true, workerData: { shared, ms } }).unref();
  let commits = 0;
  listen({
    after: (text, { booked, connection }) => {
      if (text !== 'commit' || !booked || !(connection instanceof Database)) return;
      commits += 1;
      if (commits !== nth) return;
      writeFileSync(mark, 'IN_CHECKPOINT');
      Atomics.store(flag, 0, 1);
      Atomics.notify(flag, 0);
      connection.pragma('wal_checkpoint(TRUNCATE)');
      writeFileSync(mark, 'late');
    },
  });
}
