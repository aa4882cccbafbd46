import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Done, Job } from './worker.ts';

const WORKER = fileURLToPath(new URL('worker.ts', import.meta.url));

/** A process that runs seeds; a mutant is planted in it before anything is loaded. */
export class Worker {
  readonly #child: ChildProcess;
  #last: Promise<unknown>;

  constructor(mutant: string | null) {
    this.#child = fork(WORKER, mutant === null ? [] : [mutant], {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.#last = this.#answer();
  }

  /** One job after the other. */
  run(job: Job): Promise<Done> {
    const done = this.#last.then(() => this.#run(job));
    this.#last = done.catch(() => undefined);
    return done;
  }

  async #run(job: Job): Promise<Done> {
    const answer = this.#answer();
    this.#child.send(job);
    return (await answer) as Done;
  }

  end(): void {
    this.#child.kill();
  }

  #answer(): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const ended = (code: number | null) => reject(new Error(`a worker ended with ${code}`));
      this.#child.once('exit', ended);
      this.#child.once('message', (message) => {
        this.#child.off('exit', ended);
        resolve(message);
      });
    });
  }
}

/** Does each task in one of so many lanes at once. */
export async function inLanes<T>(lanes: number, tasks: readonly T[], run: (task: T) => Promise<void>): Promise<void> {
  const left = [...tasks];
  const lane = async () => {
    for (let task = left.shift(); task !== undefined; task = left.shift()) await run(task);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}
