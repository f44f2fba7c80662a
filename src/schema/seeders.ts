import type { ISeedManager } from '@mikro-orm/core';
import { MikroscopeError } from '../errors.ts';
import { hasExtension } from './migrations.ts';
import type { SqlEm, SqlOrm } from '../mikro-orm/orm.ts';

/** Whether a configuration has MikroORM's seeders. */
export function hasSeeders(em: SqlEm): boolean {
  return hasExtension(em, 'SeedManager');
}

/**
 * Runs a seeder as MikroORM's command line does, in a unit of work of its own. No transaction may be open.
 *
 * @param which its name or its class; undefined for the configuration's default
 * @returns its name
 * @throws MikroscopeError if there is no such seeder; what the seeder throws is passed on
 */
export async function runSeeder({ config, em }: SqlOrm, which: unknown): Promise<string> {
  const persistOnCreate = config.get('persistOnCreate');
  const registered = config.getExtension<ISeedManager>('@mikro-orm/seeder');
  if (!registered)
    throw new MikroscopeError(
      'InvalidState',
      "There are no seeders here: the configuration does not list MikroORM's SeedManager",
      'npm i @mikro-orm/seeder, then extensions: [SeedManager] in the configuration.',
    );
  // A new one each time, as the next seeder would write what a failed one left in the unit of work.
  const seeders = Reflect.construct(registered.constructor, [em]) as ISeedManager;
  const name = nameOf(which, config.get('seeder').defaultSeeder);
  try {
    await (typeof which === 'function'
      ? seeders.seed(which as Parameters<ISeedManager['seed']>[0])
      : seeders.seedString(name));
    return name;
  } catch (error) {
    throw withoutSeeder(name, error);
  } finally {
    // A SeedManager sets it for the whole configuration.
    config.set('persistOnCreate', persistOnCreate);
  }
}

/** MikroORM reports a missing seeder by the pattern that it looked for; this names its directory. */
function withoutSeeder(name: string, error: unknown): unknown {
  const [, place] =
    /^Seeder class .* not found in (.*?)(?:\/[^/]*\{[^/]*)?$/.exec(
      String((error as Error | null)?.message),
    ) ?? [];
  if (place === undefined) return error;
  return new MikroscopeError(
    'NotFound',
    `There is no seeder ${name} in ${place}`,
    'npx mikro-orm seeder:create makes one.',
    { cause: error },
  );
}

function nameOf(which: unknown, usual: string | undefined): string {
  const name = typeof which === 'function' ? which.name : (which ?? usual);
  if (typeof name === 'string' && name !== '') return name;
  throw new MikroscopeError('BadArgument', 'seed() takes the name of a seeder', "Write seed('UserSeeder').");
}
