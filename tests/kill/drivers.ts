import { type ChildProcess, fork } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DriverPlan } from './load/driveTill.ts';
import type { FromDriver, ToDriver } from './load/driver.ts';

/** The driver processes, as one. They are never killed in the middle: what they write down is the yardstick. */
export interface Drivers {
  /** The server is up. Resolves with the first acknowledgement, or with `hold` where there is none before. */
  readonly go: () => Promise<void>;
  /** The server is down. Resolves when nothing is on its way any more and all is written down. */
  readonly hold: () => Promise<void>;
  readonly end: () => Promise<void>;
}

/** Starts them, held. `processes` share the tills. */
export async function startDrivers(plan: DriverPlan, processes: number): Promise<Drivers> {
  const children = Array.from({ length: processes }, (_, at) => {
    const file = join(plan.folder, `driver-${at}.json`);
    const tills = plan.tills.filter((_, n) => n % processes === at);
    writeFileSync(file, JSON.stringify({ ...plan, seed: plan.seed + at, tills }));
    return fork(join(import.meta.dirname, 'load/driver.ts'), [file], {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
  });
  let ending = false;
  const told = (child: ChildProcess, ...what: readonly FromDriver[]) =>
    new Promise<void>((resolve, reject) => {
      const hear = (message: FromDriver) => {
        if (!what.includes(message)) return;
        child.off('message', hear);
        child.off('exit', ended);
        resolve();
      };
      const ended = () => (ending ? resolve() : reject(new Error('a driver process ended by itself')));
      child.on('message', hear);
      child.once('exit', ended);
    });
  await Promise.all(children.map((child) => told(child, 'held')));
  const say = (what: ToDriver) => {
    for (const child of children) child.send(what);
  };
  return {
    go: async () => {
      const first = children.map((child) => told(child, 'acknowledged', 'held'));
      say('go');
      await Promise.race(first);
    },
    hold: async () => {
      const held = Promise.all(children.map((child) => told(child, 'held')));
      say('hold');
      await held;
    },
    end: async () => {
      ending = true;
      const gone = Promise.all(children.map((child) => new Promise((resolve) => child.once('exit', resolve))));
      say('end');
      await gone;
    },
  };
}
