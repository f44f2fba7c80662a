import {
  ForeignKeyConstraintViolationException,
  NotNullConstraintViolationException,
  TableNotFoundException,
  UniqueConstraintViolationException,
  ValidationError,
} from '@mikro-orm/core';
import type { SqlEm } from '../database/orm.ts';
import { MikroscopeError } from '../errors.ts';
import { constraintError } from './constraint.ts';
import type { Journal } from './journal.ts';

const STILL_STAGED =
  'Nothing was written and everything is still staged: change it and commit() again, or rollback().';

/**
 * Undoes a failed flush in the database with `undo`, and says what was wrong with which value of which entity.
 * A user's own exception, thrown in a hook for instance, is passed on as it is.
 */
export async function flushError(
  em: SqlEm,
  error: unknown,
  journal: Journal,
  cause: 'flush' | 'query' | 'commit',
  undo: () => Promise<void> = async () => {},
): Promise<unknown> {
  await undo();
  const during = cause === 'query' ? 'The query first flushed what is staged, and that failed: ' : '';
  if (error instanceof MikroscopeError) {
    return new MikroscopeError(error.code, during + error.message, error.hint || STILL_STAGED, {
      cause: error,
    });
  }
  if (
    error instanceof UniqueConstraintViolationException ||
    error instanceof NotNullConstraintViolationException ||
    error instanceof ForeignKeyConstraintViolationException
  ) {
    const { code, message } = await constraintError(em, error, journal);
    return new MikroscopeError(code, during + message, STILL_STAGED, { cause: error });
  }
  if (error instanceof ValidationError) {
    const required = /^Value for ([\w$]+)\.([\w$]+) is required/.exec(error.message);
    if (required !== null) {
      const message = `${required[1]}.${required[2]} has no value, and it needs one`;
      return new MikroscopeError('MissingValue', during + message, STILL_STAGED, { cause: error });
    }
  }
  return databaseError(error, during, STILL_STAGED);
}

/** What a query ran into, in a sentence. Errors that are not the database's are passed on as they are. */
export function databaseError(error: unknown, during = '', hint = ''): unknown {
  if (error instanceof TableNotFoundException) {
    const table = /no such table: (?:main\.)?(\S+)|relation "([^"]+)" does not exist/.exec(error.message);
    const name = table?.[1] ?? table?.[2] ?? '';
    return new MikroscopeError(
      'MissingTable',
      `${during}There is no table '${name}' in this database`,
      'createAll() creates it.',
      { cause: error },
    );
  }
  if (error instanceof Error && Reflect.get(error, 'code') === 'SQLITE_CANTOPEN') {
    return new MikroscopeError(
      'MissingDatabase',
      `${during}The database file does not exist yet`,
      'createAll() creates it.',
      { cause: error },
    );
  }
  if (error instanceof Error && 'code' in error && error.message.includes(' - ')) {
    // The driver puts the whole statement before its own words.
    const why = error.message.slice(error.message.lastIndexOf(' - ') + 3);
    return new MikroscopeError('DatabaseError', during + why, hint, { cause: error });
  }
  return error;
}
