import { listMigrations, type MigrationSummary, runMigrations } from '../database/migrations.ts';
import type { Database } from '../database/open.ts';
import type { SqlEm } from '../database/orm.ts';
import { createTables, dropTables } from '../database/schema.ts';
import { runSeeder } from '../database/seeders.ts';
import type { Consent } from './danger.ts';
import { databaseError } from './failure.ts';
import { commitsAtDdl } from './implicit-commit.ts';
import { SchemaReport } from './report.ts';
import type { Stage } from './stage.ts';
import type { Turns } from './turns.ts';
import type { Unit } from './unit.ts';

/** What the work on tables needs of the session. */
interface Surroundings {
  readonly em: SqlEm;
  readonly database: Database;
  readonly unit: Unit;
  readonly turns: Turns;
  readonly stage: Stage;
  readonly consent: Consent;
  /** @throws MikroscopeError where a statement on another connection would wait for this one's transaction */
  readonly assertNoWait: () => void;
}

/** What a session does to tables, or by means that write past its unit of work. */
export class Tables {
  readonly #of: Surroundings;

  constructor(surroundings: Surroundings) {
    this.#of = surroundings;
  }

  async createAll(): Promise<SchemaReport> {
    const { em, database, unit, turns } = this.#of;
    return turns.run(async () => {
      database.assertWritable();
      database.allowCreate();
      const before = async () => {
        if (commitsAtDdl(database.dialect)) await unit.suspend();
      };
      return new SchemaReport('create', await translated(() => createTables(em, before)));
    });
  }

  async dropAll(): Promise<SchemaReport> {
    const { em, database, unit, turns, stage, consent, assertNoWait } = this.#of;
    const work = async () => {
      // Before anything is given up.
      assertNoWait();
      database.assertWritable();
      await unit.rollback();
      const report = new SchemaReport('drop', await translated(() => dropTables(em)));
      stage.clear();
      return report;
    };
    return consent.to({ kind: 'dropAll' }, () => turns.run(work));
  }

  migrate(): Promise<readonly string[]> {
    const { em, database } = this.#of;
    return this.#outside('migrate', () => runMigrations(em, database.allowCreate));
  }

  migrations(): Promise<readonly MigrationSummary[]> {
    const { em, unit, turns, assertNoWait } = this.#of;
    return turns.run(async () => {
      unit.assertSettled('migrations');
      assertNoWait();
      return translated(() => listMigrations(em));
    });
  }

  seed(seeder: unknown): Promise<string> {
    return this.#outside('seed', () => runSeeder(this.#of.database.orm, seeder));
  }

  /** Runs what writes past the unit of work, when nothing of that is under way; everything is read again afterwards. */
  #outside<T>(method: string, work: () => Promise<T>): Promise<T> {
    const { database, unit, turns, consent, assertNoWait } = this.#of;
    return turns.run(async () => {
      database.assertWritable();
      unit.assertSettled(method);
      assertNoWait();
      try {
        return await translated(() => consent.within(work));
      } finally {
        unit.freshness.expireAll();
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
