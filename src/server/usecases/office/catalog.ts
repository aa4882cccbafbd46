import type { Kysely } from 'kysely';
import type { Money, Text, UnitId } from '../../../loyalty/basics.ts';
import type { RewardDefinition, UnitDefinition } from '../../../loyalty/program.ts';
import { getDocument, listDocuments } from '../../store/documents.ts';
import type { Schema } from '../../store/schema.ts';

/** Units and rewards of all versions of a program, so that old entries have names too; the version in force wins. */
export interface Catalog {
  readonly kindOfUnit: (unit: UnitId) => UnitDefinition['kind'] | null;
  readonly rewardName: (reward: string) => Text | null;
  readonly costToShop: (reward: string) => Money;
}

/** Reads all versions of the program of a business, as they are stored now. */
export async function readCatalog(db: Kysely<Schema>, business: string): Promise<Catalog> {
  const current = (await getDocument(db, business, 'business', business))?.program;
  const versions = (await listDocuments(db, business, 'program')).sort(
    (a, b) => Number(a.hash === current) - Number(b.hash === current) || a.publishedAt - b.publishedAt,
  );
  const units = new Map<string, UnitDefinition>();
  const rewards = new Map<string, RewardDefinition>();
  for (const { program } of versions) {
    for (const unit of program.units) units.set(unit.id, unit);
    for (const reward of program.rewards) rewards.set(reward.id, reward);
  }
  return {
    kindOfUnit: (unit) => units.get(unit)?.kind ?? null,
    rewardName: (reward) => rewards.get(reward)?.name ?? null,
    costToShop: (reward) => rewards.get(reward)?.costToShop ?? 0,
  };
}
