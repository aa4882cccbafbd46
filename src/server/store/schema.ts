import type { CardTables } from './tables/cardTables.ts';
import type { LedgerTables } from './tables/ledgerTables.ts';
import type { OfficeTables } from './tables/officeTables.ts';
import type { RiskTables } from './tables/riskTables.ts';

/** All tables. Each area adds its own interface of tables here and its own migration in `migrate.ts`. */
export interface Schema extends LedgerTables, OfficeTables, CardTables, RiskTables {}
