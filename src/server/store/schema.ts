import type { LedgerTables } from './ledgerTables.ts';

/** All tables. Each area adds its own interface of tables here and its own migration in `migrate.ts`. */
export interface Schema extends LedgerTables {}
