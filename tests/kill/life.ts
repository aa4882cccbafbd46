import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { readConfig } from '../../src/server/config.ts';
import { createDeps } from '../../src/server/createDeps.ts';
import { Audit } from './audit.ts';
import { judgeBackups, startBackup } from './backups.ts';
import { type Chance, chanceOf } from './chance.ts';
import { type Cut, cutInBackup, cutInCheckpoint, cutInPush } from './cuts.ts';
import { type Drivers, startDrivers } from './drivers.ts';
import type { Engine } from './engines.ts';
import { makeShops, type PairedTill } from './load/shops.ts';
import { type ServerProcess, startServer } from './serverProcess.ts';

const SHOPS = 4;
const TILLS_EACH = 8;
const DRIVER_PROCESSES = 2;

/** Until a cut point is passed under load: a second or two, or long on a machine that is busy with other things. */
const CUT_MS = 120_000;

export interface LifePlan {
  readonly engine: Engine;
  readonly seed: number;
  readonly kills: number;
  readonly port: number;
  readonly folder: string;
  readonly control?: 'ackBeforeCommit' | 'dropAcknowledged';
}

/** What came of one database's life. */
export interface LifeReport {
  kills: number;
  /** Kills per kind: `random`, a cut point, or `database`. */
  readonly by: Record<string, number>;
  acknowledged: number;
  /** Requests' events that were on their way when a server was killed, over all kills. */
  inFlight: number;
  /** Milliseconds from a start to serving, for each start after a kill. */
  readonly recoveryMs: number[];
  /** Milliseconds until a killed database server took connections again. */
  readonly databaseMs: number[];
  /** What was wrong, after the last of these kills. */
  readonly problems: string[];
  readonly tills: readonly PairedTill[];
  /** Good backups that were looked at. */
  readonly backups: Set<string>;
}

/**
 * One database from its first day on: 32 tills push without a pause, the server is killed and started again, over and
 * over; after each start everything is compared with what the tills were told. Ends at the first problem.
 */
export async function live(plan: LifePlan): Promise<LifeReport> {
  const { engine, kills, folder } = plan;
  const chance = chanceOf(plan.seed);
  mkdirSync(folder, { recursive: true });
  const tills = await prepareShops(engine, chance, { shops: SHOPS, tillsEach: TILLS_EACH });
  const report: LifeReport = {
    kills: 0,
    by: {},
    acknowledged: 0,
    inFlight: 0,
    recoveryMs: [],
    databaseMs: [],
    problems: [],
    tills,
    backups: new Set(),
  };
  const audit = new Audit(tills, folder);
  const drivers = await startDrivers(
    {
      tills,
      folder,
      origin: `http://127.0.0.1:${plan.port}`,
      seed: plan.seed,
      batch: { from: 1, to: 100 },
      drops: plan.control === 'dropAcknowledged',
    },
    DRIVER_PROCESSES,
  );
  try {
    while (report.kills < kills && report.problems.length === 0) await killOnce(plan, chance, drivers, audit, report);
    if (report.problems.length === 0) await lastLook(plan, drivers, audit, report);
  } finally {
    await drivers.end();
  }
  report.acknowledged = audit.acknowledged;
  return report;
}

const backupsOf = ({ folder }: LifePlan) => join(folder, 'backups');

/** The shops and tills that are there before the first start. */
export async function prepareShops(
  engine: Engine,
  chance: Chance,
  { shops, tillsEach }: { readonly shops: number; readonly tillsEach: number },
): Promise<PairedTill[]> {
  const config = readConfig({ ...engine.env, REGULARS_MODE: 'live', REGULARS_LOG_LEVEL: 'error' });
  if (!config.ok) throw new Error(config.problems.join(' '));
  const deps = await createDeps(config.config);
  try {
    return await makeShops(deps, chance, shops, tillsEach);
  } finally {
    await deps.db.destroy();
  }
}

/** One round: start on what the kill before has left, look, load, kill. */
async function killOnce(plan: LifePlan, chance: Chance, drivers: Drivers, audit: Audit, report: LifeReport) {
  const kill = chooseKill(plan.engine, chance);
  const server = await start(plan, report, kill.kind === 'cut' ? kill.cut : null);
  await judge(plan, audit, report, false);
  if (report.problems.length > 0) return server.kill();
  const begun = drivers.go();
  const kind = await strike(kill, { plan, chance, server, begun, report });
  await server.kill();
  await drivers.hold();
  report.kills += 1;
  report.by[kind] = (report.by[kind] ?? 0) + 1;
}

type Kill = { readonly kind: 'random' | 'database' } | { readonly kind: 'cut' | 'backup'; readonly cut: Cut };

function chooseKill(engine: Engine, chance: Chance): Kill {
  const dice = chance.share();
  if (dice < 0.35) return { kind: 'cut', cut: cutInPush(chance) };
  if (dice > 0.88) return { kind: 'backup', cut: cutInBackup(chance) };
  if (engine.crash !== null) return { kind: dice < 0.6 ? 'database' : 'random' };
  return dice < 0.5 ? { kind: 'cut', cut: cutInCheckpoint(chance) } : { kind: 'random' };
}

interface Struck {
  readonly plan: LifePlan;
  readonly chance: Chance;
  readonly server: ServerProcess;
  /** The load is on. */
  readonly begun: Promise<void>;
  readonly report: LifeReport;
}

/** Waits for the moment of the kill, and tells what it was in truth: who came too late for a cut made an ordinary kill. */
async function strike(kill: Kill, { plan, chance, server, begun, report }: Struck): Promise<string> {
  if (kill.kind === 'cut') {
    await Promise.race([server.gone, pause(CUT_MS, null, { ref: false })]);
    const { name, nth } = kill.cut;
    const mark = server.mark();
    if (mark === null)
      report.problems.push(`the server never came by ${name} for the ${nth}. time: ${server.printed()}`);
    return mark === name ? name : 'random';
  }
  await begun;
  if (kill.kind === 'backup') {
    const backup = startBackup(plan.engine, backupsOf(plan));
    await Promise.race([backup.ended, pause(kill.cut.afterMs)]);
    await server.kill();
    return (await backup.kill()) ? kill.cut.name : 'random';
  }
  await pause(chance.whole(50, 800));
  if (kill.kind === 'database') report.databaseMs.push((await plan.engine.crash?.()) ?? 0);
  return kill.kind;
}

/** Starts the server on what the kill before has left; the database recovers here. */
async function start(plan: LifePlan, report: LifeReport, cut: Cut | null): Promise<ServerProcess> {
  const { port, engine, folder, control } = plan;
  const server = await startServer({
    port,
    scratch: folder,
    env: engine.env,
    ...(cut && { cut }),
    ...(control === 'ackBeforeCommit' && { control }),
  });
  if (server === null) throw new Error('the server met its cut point before it served');
  if (report.kills > 0) report.recoveryMs.push(server.readyMs);
  return server;
}

/** Drivers are held, so what is there must be exactly what was told, or that and the batches that were on their way. */
async function judge(plan: LifePlan, audit: Audit, report: LifeReport, fully: boolean): Promise<void> {
  const { engine } = plan;
  const broken = await engine.integrity();
  report.problems.push(...broken.map((line) => `integrity: ${line}`));
  report.problems.push(...(await engine.inspect((db) => audit.check(db, { fully }))));
  report.problems.push(...(await judgeBackups(backupsOf(plan), report.backups)));
  report.inFlight += audit.inFlight;
}

/** The whole ledger from its first event, with the server running and again after it has ended in order. */
async function lastLook(plan: LifePlan, drivers: Drivers, audit: Audit, report: LifeReport): Promise<void> {
  const server = await start(plan, report, null);
  await judge(plan, audit, report, true);
  // What was on its way at the last kill is sent again.
  await drivers.go();
  await drivers.hold();
  const ended = await startBackup(plan.engine, backupsOf(plan)).ended;
  if (ended !== 0) report.problems.push(`the backup in the end failed (${ended})`);
  await server.stop();
  await judge(plan, audit, report, true);
}
