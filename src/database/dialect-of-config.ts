import type { Options } from '@mikro-orm/core';
import type { Dialect } from '../dialects/dialect.ts';
import { dialectOf, worksWith } from '../dialects/index.ts';
import { MikroscopeError } from '../errors.ts';

/**
 * The dialect of a project's MikroORM configuration, which need not be opened for that.
 *
 * @throws MikroscopeError `BadConfiguration` if it names no driver, `UnsupportedDriver`
 */
export function dialectOfConfig(config: object): Dialect {
  const { driver } = config as Partial<Options>;
  if (driver === undefined) {
    throw new MikroscopeError(
      'BadConfiguration',
      'The configuration names no driver',
      "Make it with defineConfig() of the driver's package, for instance @mikro-orm/sqlite.",
    );
  }
  if ('createQueryBuilder' in driver.prototype) return dialectOf(driver.prototype);
  throw new MikroscopeError(
    'UnsupportedDriver',
    `${driver.name} speaks no SQL: mikroscope's queries, transactions and createAll() do not work with it`,
    worksWith(),
  );
}
