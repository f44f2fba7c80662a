import type { Options } from '@mikro-orm/core';
import { loadPackage } from './load-driver.ts';
import { connectionOptions } from './connection-options.ts';
import type { DatabaseUrl } from './url/database-url.ts';

/** Everything in a configuration that says where the database is. */
const PLACE = [
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
 * A configuration with another database and nothing else changed, but for the driver where the database needs another.
 *
 * @throws MikroscopeError `MissingDriver` where the package of that driver is not installed
 */
export async function withDatabase(config: Partial<Options>, target: DatabaseUrl): Promise<Partial<Options>> {
  const { defineConfig } = await loadPackage(`@mikro-orm/${target.driver}`);
  const { driver } = defineConfig({});
  const rest: Partial<Options> = { ...config };
  for (const key of PLACE) delete rest[key];
  const fits =
    config.driver === driver || (driver !== undefined && config.driver?.prototype instanceof driver);
  return { ...rest, ...connectionOptions(target), ...(fits || driver === undefined ? {} : { driver }) };
}
