import type { MikroORM, Options } from '@mikro-orm/core';
import { MikroscopeError } from '../errors.ts';

type Driver = 'sqlite' | 'postgresql' | 'libsql' | 'mysql' | 'mariadb' | 'pglite';

interface DriverPackage {
  readonly MikroORM: new (options: Partial<Options>) => MikroORM;
  readonly defineConfig: (options: Partial<Options>) => Partial<Options>;
}

/**
 * The package of a driver; only the one that is needed gets loaded.
 *
 * @throws MikroscopeError `MissingDriver` when the package is not installed
 */
export async function loadDriver(driver: Driver): Promise<DriverPackage> {
  return loadPackage(`@mikro-orm/${driver}`);
}

/** Exported for its test: on a machine of ours every driver is installed. */
export async function loadPackage(name: string): Promise<DriverPackage> {
  try {
    return (await import(name)) as DriverPackage;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (!String(code).endsWith('MODULE_NOT_FOUND') || !message.includes(name)) throw error;
    throw new MikroscopeError(
      'MissingDriver',
      `The package ${name} is not installed`,
      `Install it: npm i ${name}`,
      {
        cause: error,
      },
    );
  }
}
