import { configureGlobal } from 'fast-check';

/**
 * Laws are tried on the same cases in every run, so that a red run says something about the change. `SEED=7 npm run unit`
 * tries others, `SEED=new` fresh ones; a seed that fails becomes an example beside the verb.
 */
const { SEED } = process.env;
configureGlobal({ seed: SEED === 'new' ? Date.now() : Number(SEED ?? 20_261_121) });
