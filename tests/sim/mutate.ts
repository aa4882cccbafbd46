import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { type Mutant, MUTANTS } from './mutants.ts';

const SRC = new URL('../../src/', import.meta.url);

/** The file of a mutant with the fault in it. Throws where the place is not there exactly once: the list must not rot. */
export function faulty({ name, file, find, replace }: Mutant): string {
  const source = readFileSync(new URL(file, SRC), 'utf8');
  const times = source.split(find).length - 1;
  if (times !== 1) throw new Error(`"${name}": its place is ${times} times in src/${file}`);
  return source.replace(find, () => replace);
}

/** From here on, this process loads the product with the fault. */
export function plant(name: string): void {
  const mutant = MUTANTS.find((each) => each.name === name);
  if (mutant === undefined) throw new Error(`There is no mutant "${name}".`);
  const url = new URL(mutant.file, SRC).href;
  const source = faulty(mutant);
  registerHooks({
    load: (asked, context, next) =>
      asked === url ? { format: 'module-typescript', source, shortCircuit: true } : next(asked, context),
  });
}
