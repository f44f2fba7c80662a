import { Options } from '@mikro-orm/core';
import { defineConfig, SqliteDriver } from '@mikro-orm/sqlite';
import { ReflectMetadataProvider } from '@mikro-orm/decorators/legacy';
import 'reflect-metadata';

const config: Options<SqliteDriver> = defineConfig({
  dbName: 'library.db',
  entities: ['./dist/entities'],
  entitiesTs: ['./src/entities'],
  metadataProvider: ReflectMetadataProvider,
});
export default config;
