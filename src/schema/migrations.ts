import { DriverException, type MigrationInfo, TableNotFoundException } from '@mikro-orm/core';
import { MikroscopeError } from '../errors.ts';
import { assertContract } from '../mikro-orm/contract.ts';
import {
  executedMigrations,
  migrationFolder,
  type Migrator,
  migratorOf,
  projectMigrations,
} from '../mikro-orm/migrator.ts';
import { migratorContract } from '../mikro-orm/migrator-contract.ts';
import type { SqlEm, SqlOrm } from '../mikro-orm/orm.ts';

/** A migration that has files in the project, or a row in the database's table of migrations. */
export interface MigrationSummary {
  readonly name: string;
  /** Undefined if it has not run yet. */
  readonly executedAt: Date | undefined;
}

/** Whether a configuration has MikroORM's migrations. */
export function hasMigrations(em: SqlEm): boolean {
  return hasExtension(em, 'Migrator');
}

/** Whether a configuration has one of MikroORM's extensions. Getting the extension itself would start it. */
export function hasExtension(em: SqlEm, name: string): boolean {
  return em.config.get('extensions').some(extension => Reflect.get(extension, 'name') === name);
}

/**
 * Runs the migrations that have not run yet, as MikroORM's command line does. No transaction may be open.
 *
 * @param before called once the project is known to have migrations
 * @returns the names of those that ran, in their order
 * @throws MikroscopeError that names the migration that failed
 */
export async function runMigrations(orm: SqlOrm, before: () => void): Promise<string[]> {
  const migrator = await boundMigrator(orm);
  before();
  let running = '';
  const note = ({ name }: MigrationInfo) => void (running = name);
  migrator.on('migrating', note);
  try {
    return (await migrator.up()).map(({ name }) => name);
  } catch (error) {
    throw running === '' ? error : failed(running, error);
  } finally {
    migrator.off('migrating', note);
  }
}

/**
 * Lists the migrations, those that have run first. Unlike MikroORM, this creates no table.
 *
 * @throws MikroscopeError `InvalidState` if the project has none
 */
export async function listMigrations(orm: SqlOrm): Promise<MigrationSummary[]> {
  const migrator = await boundMigrator(orm);
  const executed = await executedMigrations(migrator).catch(error => noneWithoutTable(orm, error));
  const names = new Set(executed.map(({ name }) => name));
  const pending = (await projectMigrations(migrator)).filter(name => !names.has(name));
  return [...executed, ...pending.map(name => ({ name, executedAt: undefined }))];
}

/** If the table, or the database itself, does not exist, no migration has run. */
function noneWithoutTable({ driver }: SqlOrm, error: Error): [] {
  if (driver.convertException(error) instanceof TableNotFoundException) return [];
  if (error instanceof MikroscopeError && error.code === 'MissingDatabase') return [];
  throw error;
}

/** @throws MikroscopeError `InvalidState` if the project has no migrations, `UnsupportedVersion` */
async function boundMigrator(orm: SqlOrm): Promise<Migrator> {
  const migrator = migratorOf(orm.config);
  if (!migrator)
    throw new MikroscopeError(
      'InvalidState',
      "There are no migrations here: the configuration does not list MikroORM's Migrator",
      'npm i @mikro-orm/migrations, then extensions: [Migrator] in the configuration.',
    );
  await assertContract(orm, migratorContract);
  const folder = await migrationFolder(migrator);
  const { fs } = await import('@mikro-orm/core/fs-utils');
  if (folder !== undefined && !fs.pathExists(folder))
    throw new MikroscopeError(
      'InvalidState',
      `There are no migrations yet: there is no directory ${folder}`,
      'npx mikro-orm migration:create makes the first.',
    );
  return migrator;
}

/** What the migration itself threw is passed on, as its stack says where. */
function failed(name: string, error: unknown): unknown {
  const fail = ({ message, cause = error }: Error, hint: string) => {
    const [reason = ''] = ((cause as Error | undefined)?.message ?? message).split('\n');
    return new MikroscopeError('DatabaseError', `${name} failed: ${reason}`, hint, { cause: error });
  };
  if (error instanceof DriverException) return fail(error, 'Fix it and run migrate() again.');
  // It opted out of transactions, and MikroORM runs it inside of the one around all migrations.
  if (error instanceof MikroscopeError && error.code === 'DatabaseBusy')
    return fail(error, 'Make it transactional, or set migrations: { allOrNothing: false }.');
  return error;
}
