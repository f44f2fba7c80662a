import type { MikroORM } from '@mikro-orm/core';
import { type Migrator, migratorOf } from './migrator.ts';
import type { Reliance } from './reliance.ts';

const migrator = (orm: MikroORM) => migratorOf(orm.config) as Migrator;
const storage = (orm: MikroORM) => migrator(orm).getStorage();

/** What mikroscope relies on in the Migrator: see migrator.ts. It is bound when the Migrator is first needed. */
export const migratorContract: readonly Reliance[] = [
  {
    member: 'AbstractMigrator.resolvePaths',
    on: migrator,
    since: '7.2',
    relied: 'It finds the folder of the migrations without making one.',
  },
  {
    member: 'AbstractMigrator.absolutePath',
    on: migrator,
    kind: 'property',
    isCommonWord: true,
    relied:
      'It is the folder of the migrations; undefined for migrations that are listed in the configuration.',
  },
  {
    member: 'AbstractMigrator.discoverMigrations',
    on: migrator,
    relied: 'It lists the migrations that the project has, in their order, and asks no database.',
  },
  {
    member: 'Migrator.getStorage',
    on: migrator,
    relied: 'It gives the one storage that the Migrator reads its table with.',
    check: orm => storage(orm) === storage(orm),
  },
  {
    member: 'MigrationStorage.ensureTable',
    on: storage,
    relied: 'What creates the table, and nothing else, is this method of the instance.',
  },
  {
    member: 'MigrationStorage.getExecutedMigrations',
    on: storage,
    relied: 'It reads the rows of the table after a call of ensureTable.',
  },
  {
    member: 'MigrationStorage.getMigrationName',
    on: storage,
    relied: 'It gives the name without the ending of the file, which rows of older versions have.',
    check: orm => storage(orm).getMigrationName('One.ts') === 'One',
  },
];
