import type { DatabaseConnection, Driver } from 'kysely';
import type { Kysely } from 'kysely';
import { currentContext } from '../store/connection/context.ts';
import { ContextDriver } from '../store/connection/postgres/driver.ts';
import { createKysely, createPool } from '../store/connection/postgres/open.ts';
import type { Schema } from '../store/schema.ts';

/**
 * A database as two roles see it. Whatever runs in a context (every request, every job) connects as servers do, held by
 * row-level security. What a test itself asks or arranges, outside any context, sees all rows.
 */
export function connectTest(appUrl: string, adminUrl: string): Kysely<Schema> {
  const app = createPool(appUrl, 4);
  const admin = createPool(adminUrl, 3);
  const driver: Driver = new TestDriver(app, new ContextDriver(admin, () => {}));
  return createKysely(driver);
}

class TestDriver extends ContextDriver {
  readonly #admin: ContextDriver;

  constructor(app: ConstructorParameters<typeof ContextDriver>[0], admin: ContextDriver) {
    super(app, () => {});
    this.#admin = admin;
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    return currentContext() === null ? this.#admin.acquireConnection() : super.acquireConnection();
  }

  override async destroy(): Promise<void> {
    await this.#admin.destroy();
    await super.destroy();
  }
}
