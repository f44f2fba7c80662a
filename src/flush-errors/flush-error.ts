import {
  DriverException,
  OptimisticLockError,
  TableNotFoundException,
  ValidationError,
} from '@mikro-orm/core';
import { nameOf } from '../mikro-orm/entity-state.ts';
import type { SqlEm } from '../mikro-orm/orm.ts';
import { readViolation } from './constraint-violation.ts';
import { type ErrorCode, MikroscopeError } from '../errors.ts';
import { describeViolation } from './violation-message.ts';
import type { AttemptedWrites } from './attempted-writes.ts';

const STILL_STAGED =
  'Nothing was written and everything is still staged: change it and commit() again, or rollback().';

const STAGED_AGAIN = 'Nothing staged is lost: try again, or rollback().';

/** PostgreSQL's classes of connection and shutdown errors, MySQL's and the system's. */
const LOST_CODES =
  /^(08\w{3}|57P0\d|PROTOCOL_CONNECTION_LOST|ER_SERVER_SHUTDOWN|ER_CLIENT_INTERACTION_TIMEOUT|ER_CONNECTION_KILLED|ECONNRESET|ECONNREFUSED|EPIPE|ETIMEDOUT)$/;
const LOST_MESSAGE = /Connection terminated|not queryable|connection error|in closed state/;

/**
 * What was wrong with which value of which entity, after a failed flush was undone in the database.
 * A user's own exception, thrown in a hook for instance, is passed on as it is.
 */
export async function flushError(
  em: SqlEm,
  error: unknown,
  writes: AttemptedWrites,
  cause: 'flush' | 'query' | 'commit',
): Promise<unknown> {
  const during = cause === 'query' ? 'The query first flushed what is staged, and that failed: ' : '';
  if (error instanceof MikroscopeError) {
    if (cause === 'commit' && error.hint !== '') return error;
    return new MikroscopeError(error.code, during + error.message, error.hint || STILL_STAGED, {
      cause: error,
    });
  }
  const refusal = await readViolation(em, error);
  if (refusal !== undefined) {
    const { code, message } = await describeViolation(em, refusal, writes);
    return new MikroscopeError(code, during + message, STILL_STAGED, { cause: error });
  }
  if (error instanceof OptimisticLockError) {
    const name = error.getEntity() === undefined ? 'A row' : nameOf(error.getEntity() as object);
    const message = `${name} was changed or deleted by somebody else since it was read`;
    const hint = 'Everything is still staged: refresh() it and change it again, or rollback().';
    return new MikroscopeError('StaleRow', during + message, hint, { cause: error });
  }
  if (error instanceof ValidationError) {
    const required = /^Value for ([\w$]+)\.([\w$]+) is required/.exec(error.message);
    if (required !== null) {
      const message = `${required[1]}.${required[2]} has no value, and it needs one`;
      return new MikroscopeError('MissingValue', during + message, STILL_STAGED, { cause: error });
    }
    const unfit = /^Trying to set (\S+) of type '(.*)' to (.*) of type '([^']*)'$/s.exec(error.message);
    if (unfit !== null) {
      const [, field, type, value, given] = unfit;
      const message = `${field} ${type === given ? '' : `is a ${type} and `}cannot hold ${value}`;
      return new MikroscopeError('InvalidValue', during + message, STILL_STAGED, { cause: error });
    }
  }
  return databaseError(error, during, STILL_STAGED);
}

/** What to throw out of nested(), where nothing of the inside is staged any more. */
export function undoneInside(error: unknown): unknown {
  if (!(error instanceof MikroscopeError) || ![STILL_STAGED, STAGED_AGAIN].includes(error.hint)) return error;
  const options = { cause: error.cause ?? error };
  return new MikroscopeError(
    error.code,
    error.message,
    'Only what was done inside nested() is undone.',
    options,
  );
}

/** What would end the transaction around nested(). */
export function nestingError(message: string): MikroscopeError {
  return new MikroscopeError(
    'InvalidState',
    message,
    'Return from it to keep the inside, or throw an error to undo it.',
  );
}

/** What a query ran into, in a sentence. Errors that are not the database's are passed on as they are. */
export function databaseError(error: unknown, during = '', hint = ''): unknown {
  if (typeof error !== 'object' || error === null || error instanceof MikroscopeError) return error;
  const { code, message } = error as { code?: unknown; message?: unknown };
  const text = String(message);
  const fail = (kind: ErrorCode, what: string, then: string) => {
    return new MikroscopeError(kind, during + what, then, { cause: error });
  };
  if (error instanceof TableNotFoundException) {
    const [, table] =
      /no such table: (?:main\.)?(\S+)|relation "([^"]+)" does not exist|Table '(?:[^']*\.)?([^'.]+)' doesn't exist/
        .exec(text)
        ?.filter(part => part !== undefined) ?? [];
    return fail(
      'MissingTable',
      `There is no table '${table}' in this database`,
      'createAll() or migrate() creates it.',
    );
  }
  if (code === '25P02') {
    return fail(
      'TransactionLost',
      'An earlier statement failed, and the database undid the transaction with it',
      STAGED_AGAIN,
    );
  }
  if (LOST_CODES.test(String(code)) || LOST_MESSAGE.test(text)) {
    return fail('ConnectionLost', 'The connection to the database was lost', STAGED_AGAIN);
  }
  if (code === 'SQLITE_BUSY' || code === 'SQLITE_LOCKED') {
    return fail(
      'DatabaseBusy',
      'Another program has locked the database',
      hint || 'Try again when it is done.',
    );
  }
  return typeof code === 'string' && error instanceof DriverException
    ? fail('DatabaseError', text.split('\n')[0] ?? '', hint)
    : error;
}
