import type { MikroORM, Options } from '@mikro-orm/core';
import type { Dialect } from '../dialects/dialect.ts';
import { MikroscopeError } from '../errors.ts';

interface DriverPackage {
  readonly MikroORM: new (options: Partial<Options>) => MikroORM;
  readonly defineConfig: (options: Partial<Options>) => Partial<Options>;
}

/**
 * Loads MikroORM's package for a database.
 *
 * @throws MikroscopeError `MissingDriver` if it is not installed
 */
export async function loadDriver({ name }: Dialect): Promise<DriverPackage> {
  return loadPackage(`@mikro-orm/${name}`);
}

/**
 * Loads a package of MikroORM. Exported for its test: on a developer's machine every driver is installed.
 *
 * @throws MikroscopeError `MissingDriver` if it is not installed
 */
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
      { cause: error },
    );
  }
}
