import type { MikroORM } from '@mikro-orm/core';
import type { SqlSchemaGenerator } from '@mikro-orm/sqlite';
import { MikroscopeError } from '../errors.ts';

/**
 * Refuses the methods of `orm.schema` that leave the connection on another database: what is committed after
 * them would be written there, whatever has failed in them.
 */
export function keepOwnDatabase(orm: Pick<MikroORM, 'config'>): void {
  const generator = orm.config.getExtension<SqlSchemaGenerator>('@mikro-orm/schema-generator');
  if (generator === undefined) return;
  for (const name of ['createDatabase', 'dropDatabase'] as const)
    Reflect.set(generator, name, () => Promise.reject(movesAway(name)));
}

function movesAway(name: 'createDatabase' | 'dropDatabase'): MikroscopeError {
  const example = name === 'createDatabase' ? 'create database …' : 'drop database …';
  return new MikroscopeError(
    'Refused',
    `orm.schema.${name}() would leave the session on another database`,
    `em.execute('${example}') does it where there is a server; dropAll() and createAll() begin anew.`,
  );
}
