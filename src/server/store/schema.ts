import type { CardTables } from './cardTables.ts';
import type { LedgerTables } from './ledgerTables.ts';
import type { OfficeTables } from './officeTables.ts';
import type { RiskTables } from './riskTables.ts';

/** All tables. Each area adds its own interface of tables here and its own migration in `migrate.ts`. */
export interface Schema extends LedgerTables, OfficeTables, CardTables, RiskTables {}
