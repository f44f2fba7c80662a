import type { Options } from '@mikro-orm/core';
import type { DatabaseUrl } from '../dialects/database-url.ts';
import { dialectNamed } from '../dialects/index.ts';
import { loadDriver } from './load-driver.ts';

/** The options of a configuration that say where the database is. */
const WHERE = [
  'clientUrl',
  'host',
  'port',
  'user',
  'password',
  'dbName',
  'replicas',
  'driverOptions',
] as const;

/**
 * A configuration for another database. Nothing else changes, except for the driver if that database needs another.
 *
 * @throws MikroscopeError `MissingDriver` if the package of that driver is not installed
 */
export async function withDatabase(config: Partial<Options>, target: DatabaseUrl): Promise<Partial<Options>> {
  const dialect = dialectNamed(target.driver);
  const { defineConfig } = await loadDriver(dialect);
  const { driver } = defineConfig({});
  const rest: Partial<Options> = { ...config };
  for (const key of WHERE) delete rest[key];
  const fits =
    config.driver === driver || (driver !== undefined && config.driver?.prototype instanceof driver);
  return {
    ...rest,
    ...dialect.connectionOptions(target),
    ...(fits || driver === undefined ? {} : { driver }),
  };
}
