import { DriverException, type EntityMetadata, ValidationError } from '@mikro-orm/core';
import { types } from 'node:util';
import { asDriverError, isOfStatement } from '../dialects/failure.ts';
import { MikroscopeError } from '../errors.ts';
import type { SqlEm } from '../mikro-orm/orm.ts';

/**
 * The error of a query whose conditions or orders mean nothing: where they make no SQL that the database understands, or none
 * at all. Any other error is passed on as it is.
 */
export function refusedQuery(em: SqlEm, meta: EntityMetadata, error: unknown): unknown {
  const reason = error instanceof MikroscopeError ? refusedByDatabase(em, error) : refusedBefore(error);
  if (reason === undefined) return error;
  return new MikroscopeError(
    'InvalidQuery',
    `No ${meta.className} can be looked for by such conditions: ${reason}`,
    'At the prompt a query shows its SQL. raw() takes SQL of your own.',
    { cause: error },
  );
}

function refusedByDatabase(em: SqlEm, { code, message, cause }: MikroscopeError): string | undefined {
  if (code === 'DatabaseError') return isOfStatement(asDriverError(cause)) ? message : undefined;
  const [, table] = code === 'MissingTable' ? (/'(.*)'/.exec(message) ?? []) : [];
  // A value that stands where a list belongs is read as the name of a table.
  return table === undefined || isTable(em, table) ? undefined : `there is no table '${table}'`;
}

function isTable(em: SqlEm, name: string): boolean {
  const plain = name.split('.').at(-1);
  const all = [...em.getMetadata().getAll().values()];
  return all.some(({ tableName, collection }) => tableName === plain || collection === plain);
}

/** MikroORM's own error, as opposed to one of a function of the project that it calls. */
function refusedBefore(error: unknown): string | undefined {
  if (!types.isNativeError(error)) return undefined;
  const isOwn =
    error instanceof ValidationError ||
    error instanceof DriverException ||
    THROWN_IN_ORM.test(error.stack ?? '');
  return isOwn ? (error.message.split('\n', 1)[0] ?? '') : undefined;
}

/** In its first frame that is not of the runtime. */
const THROWN_IN_ORM = /^[^\n]*(?:\n\s+at [^\n]*(?:<anonymous>|node:[^\n]*)\)?)*\n\s+at [^\n]*@mikro-orm[\\/]/;
