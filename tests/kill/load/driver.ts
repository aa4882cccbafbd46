import { readFileSync } from 'node:fs';
import process from 'node:process';
import { chanceOf } from '../chance.ts';
import { driveTill, type DriverPlan, type Gate } from './driveTill.ts';

/** The gate is opened when the server is up, and closed after each kill. */
export type ToDriver = 'go' | 'hold' | 'end';
/** `held`: nothing is on its way any more. It comes once at the start as well, when all tills wait for the gate. */
export type FromDriver = 'acknowledged' | 'held';

const planFile = process.argv[2];
if (planFile === undefined || process.send === undefined) throw new Error('started by the supervisor only');
const plan = JSON.parse(readFileSync(planFile, 'utf8')) as DriverPlan;
const tell = (what: FromDriver) => process.send?.(what);

let open = Promise.withResolvers<void>();
let isOpen = false;
let running = 0;
let told = false;

const leave = () => {
  running -= 1;
  if (running === 0) tell('held');
};

const gate: Gate = {
  wait: async () => {
    if (isOpen) return;
    leave();
    await open.promise;
    running += 1;
  },
  isOpen: () => isOpen,
  acknowledged: () => {
    if (told) return;
    told = true;
    tell('acknowledged');
  },
};

process.on('message', (message: ToDriver) => {
  if (message === 'go') {
    isOpen = true;
    told = false;
    open.resolve();
  } else if (message === 'hold') {
    isOpen = false;
    open = Promise.withResolvers();
    if (running === 0) tell('held');
  } else {
    process.exit(0);
  }
});
process.on('disconnect', () => process.exit(1));

for (const [at, till] of plan.tills.entries()) {
  running += 1;
  void driveTill(till, chanceOf(plan.seed * 1000 + at), plan, gate).then(leave);
}
