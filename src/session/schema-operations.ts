import { listMigrations, type MigrationSummary, runMigrations } from '../schema/migrations.ts';
import type { Database } from '../database/open.ts';
import type { SqlEm } from '../mikro-orm/orm.ts';
import { createTables, dropTables } from '../schema/tables.ts';
import { runSeeder } from '../schema/seeders.ts';
import type { Confirmation } from '../unit-of-work/confirmation.ts';
import { databaseError } from '../flush-errors/flush-error.ts';
import type { EndlessWaits } from '../mikro-orm/endless-waits.ts';
import { commitsAtDdl } from '../mikro-orm/implicit-commits.ts';
import { SchemaReport } from '../unit-of-work/report.ts';
import type { Staging } from '../unit-of-work/staging.ts';
import type { Mutex } from '../unit-of-work/mutex.ts';
import type { UnitOfWork } from '../unit-of-work/unit-of-work.ts';

/** What the work on tables needs of the session. */
interface SchemaContext {
  readonly em: SqlEm;
  readonly database: Database;
  readonly unit: UnitOfWork;
  readonly mutex: Mutex;
  readonly staging: Staging;
  readonly confirmation: Confirmation;
  readonly waits: EndlessWaits;
}

/** What a session does to tables, or by means that write past its unit of work. */
export class SchemaOperations {
  readonly #of: SchemaContext;

  constructor(surroundings: SchemaContext) {
    this.#of = surroundings;
  }

  async createAll(): Promise<SchemaReport> {
    const { em, database, unit, mutex } = this.#of;
    return mutex.run(async () => {
      database.assertWritable();
      database.allowCreate();
      const before = async () => {
        if (commitsAtDdl(database.dialect)) await unit.suspend();
      };
      return new SchemaReport('create', await translated(() => createTables(em, before)));
    });
  }

  async dropAll(): Promise<SchemaReport> {
    const { em, database, unit, mutex, staging, confirmation, waits } = this.#of;
    const work = async () => {
      // Before anything is given up.
      waits.assertOthersEnd();
      database.assertWritable();
      await unit.rollback();
      const report = new SchemaReport('drop', await translated(() => dropTables(em)));
      staging.clear();
      return report;
    };
    return confirmation.confirmThen({ kind: 'dropAll' }, () => mutex.run(work));
  }

  migrate(): Promise<readonly string[]> {
    const { em, database } = this.#of;
    return this.#outside('migrate', () => runMigrations(em, database.allowCreate));
  }

  migrations(): Promise<readonly MigrationSummary[]> {
    const { em, unit, mutex, waits } = this.#of;
    return mutex.run(async () => {
      unit.assertSettled('migrations');
      waits.assertOthersEnd();
      return translated(() => listMigrations(em));
    });
  }

  seed(seeder: unknown): Promise<string> {
    return this.#outside('seed', () => runSeeder(this.#of.database.orm, seeder));
  }

  /** Runs what writes past the unit of work, when nothing of that is under way; everything is read again afterwards. */
  #outside<T>(method: string, work: () => Promise<T>): Promise<T> {
    const { database, unit, mutex, confirmation, waits } = this.#of;
    return mutex.run(async () => {
      database.assertWritable();
      unit.assertSettled(method);
      waits.assertOthersEnd();
      try {
        return await translated(() => confirmation.withoutAsking(work));
      } finally {
        unit.expiry.expireAll();
      }
    });
  }
}

async function translated<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw databaseError(error);
  }
}
