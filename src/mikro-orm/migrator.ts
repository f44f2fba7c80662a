import type { Configuration, IMigrator } from '@mikro-orm/core';

/** Members of MikroORM's Migrator that its interface leaves out; migrator-contract.ts says what is relied on. */
export type Migrator = IMigrator & {
  readonly absolutePath?: string;
  /** Missing before MikroORM 7.2. */
  resolvePaths?(): Promise<void>;
  discoverMigrations(): Promise<readonly { readonly name: string }[]>;
  getStorage(): Storage;
};

interface Storage {
  getMigrationName(name: string): string;
  ensureTable(): Promise<void>;
  getExecutedMigrations(): Promise<readonly { readonly name: string; readonly executed_at: Date }[]>;
}

/** A migration that has run. */
interface ExecutedMigration {
  readonly name: string;
  readonly executedAt: Date;
}

/** The Migrator of a configuration that lists it. Getting it starts it. */
export function migratorOf(config: Configuration): Migrator | undefined {
  return config.getExtension<Migrator>('@mikro-orm/migrator');
}

/** The folder of the migrations, which may not exist yet; undefined if the configuration lists them, and in MikroORM 7.1. */
export async function migrationFolder(migrator: Migrator): Promise<string | undefined> {
  await migrator.resolvePaths?.();
  return migrator.absolutePath;
}

/** The names of the migrations that the project has, in their order. */
export async function projectMigrations(migrator: Migrator): Promise<readonly string[]> {
  return (await migrator.discoverMigrations()).map(({ name }) => name);
}

/**
 * The migrations that have run, in their order. MikroORM would first create the table that they are in; before 7.2 it
 * does.
 *
 * @throws the driver's error if there is no such table
 */
export async function executedMigrations(migrator: Migrator): Promise<readonly ExecutedMigration[]> {
  // Older versions look for the project's migrations only when they create the table.
  if (!migrator.resolvePaths) await migrator.getExecuted();
  const storage = migrator.getStorage();
  Reflect.defineProperty(storage, 'ensureTable', { value: async () => {}, configurable: true });
  try {
    const rows = await storage.getExecutedMigrations();
    return rows.map(row => ({ name: storage.getMigrationName(row.name), executedAt: row.executed_at }));
  } finally {
    Reflect.deleteProperty(storage, 'ensureTable');
  }
}
