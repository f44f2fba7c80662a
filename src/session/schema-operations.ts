import { listMigrations, type MigrationSummary, runMigrations } from '../schema/migrations.ts';
import type { Database } from '../database/open-database.ts';
import type { SqlEm } from '../mikro-orm/orm.ts';
import { SchemaReport } from '../schema/schema-report.ts';
import { createTables, dropTables } from '../schema/tables.ts';
import { readTableRows, type TableRows } from '../schema/table-rows.ts';
import { runSeeder } from '../schema/seeders.ts';
import type { Confirmation } from '../unit-of-work/confirmation.ts';
import type { EndlessWaits } from '../mikro-orm/endless-waits.ts';
import type { Staging } from '../unit-of-work/staging.ts';
import type { CallGate } from '../unit-of-work/call-gate.ts';
import type { TransactionCall } from '../unit-of-work/transaction-states.ts';
import type { UnitOfWork } from '../unit-of-work/unit-of-work.ts';

/** What schema operations need of the session. */
interface SchemaContext {
  readonly em: SqlEm;
  readonly database: Database;
  readonly unit: UnitOfWork;
  readonly gate: CallGate;
  readonly staging: Staging;
  readonly confirmation: Confirmation;
  readonly waits: EndlessWaits;
}

/** Creates and drops tables, and runs migrations and seeders, which write past the unit of work. */
export class SchemaOperations {
  readonly #context: SchemaContext;

  constructor(context: SchemaContext) {
    this.#context = context;
  }

  async createAll(): Promise<SchemaReport> {
    const { em, database, unit, gate } = this.#context;
    const { dialect } = database;
    return gate.run('createAll', async () => {
      database.assertWritable();
      database.allowCreate();
      const before = async () => {
        if (dialect.commitsAtDdl) await unit.restageTransaction();
      };
      return new SchemaReport(
        'create',
        await unit.recovering(() => createTables(em, dialect.family, before)),
      );
    });
  }

  async dropAll(): Promise<SchemaReport> {
    const { em, database, unit, gate, staging, confirmation, waits } = this.#context;
    const work = async () => {
      // Before anything is given up.
      waits.assertTablesFree();
      database.assertWritable();
      await unit.rollback();
      const { dialect } = database;
      const report = new SchemaReport(
        'drop',
        await unit.recovering(() => dropTables(em, dialect.commitsAtDdl)),
      );
      unit.forgetRows();
      staging.clear();
      return report;
    };
    return confirmation.confirmThen({ kind: 'dropAll' }, () => gate.run('dropAll', work));
  }

  rows(): Promise<readonly TableRows[]> {
    const { em, unit, gate } = this.#context;
    return gate.run('query', () => unit.recovering(() => readTableRows(em)));
  }

  migrate(): Promise<readonly string[]> {
    const { database } = this.#context;
    return this.#outside('migrate', () => runMigrations(database.orm, database.allowCreate));
  }

  migrations(): Promise<readonly MigrationSummary[]> {
    const { database, unit, gate, waits } = this.#context;
    return gate.run('migrations', async () => {
      waits.assertOthersEnd();
      return unit.recovering(() => listMigrations(database.orm));
    });
  }

  seed(seeder: unknown): Promise<string> {
    return this.#outside('seed', () => runSeeder(this.#context.database.orm, seeder));
  }

  /** Runs work that writes past the unit of work. Everything loaded expires. */
  #outside<T>(call: TransactionCall, work: () => Promise<T>): Promise<T> {
    const { database, unit, gate, confirmation, waits } = this.#context;
    return gate.run(call, async () => {
      database.assertWritable();
      if (call === 'migrate') waits.assertTablesFree();
      else waits.assertOthersEnd();
      try {
        return await unit.recovering(() => confirmation.withoutAsking(work));
      } finally {
        unit.expiry.expireAll();
      }
    });
  }
}
