import { DriverException, OptimisticLockError, ValidationError } from '@mikro-orm/core';
import { isInDoubt } from '../mikro-orm/in-doubt.ts';
import { uncheckedBy } from '../mikro-orm/concurrency-checks.ts';
import { nameOf } from '../mikro-orm/entity-state.ts';
import type { SqlEm } from '../mikro-orm/orm.ts';
import { asDriverError, isOfDatabase } from '../dialects/failure.ts';
import { dialectOf } from '../dialects/index.ts';
import { type ErrorCode, MikroscopeError } from '../errors.ts';
import { describeViolation } from './describe-violation.ts';
import type { AttemptedWrites } from './attempted-writes.ts';
import { hasMigrations } from '../schema/migrations.ts';

const STILL_STAGED =
  'Nothing was written and everything is still staged: change it and commit() again, or rollback().';

const UNDONE = 'Nothing of it was written, and what was staged before is still staged.';

const IN_DOUBT =
  'Nothing staged is lost. Look whether it is there: then rollback(), otherwise commit() again.';

const STAGED_AGAIN = 'Nothing staged is lost: try again, or rollback().';

/**
 * What was wrong with which value of which entity, after a failed flush was undone in the database.
 * A user's own exception, thrown in a hook for instance, is passed on as it is.
 */
export async function flushError(
  em: SqlEm,
  error: unknown,
  writes: AttemptedWrites,
  cause: 'flush' | 'query' | 'commit' | 'transactional',
): Promise<unknown> {
  const still = cause === 'transactional' ? UNDONE : STILL_STAGED;
  const during = cause === 'query' ? 'The query first flushed what is staged, and that failed: ' : '';
  if (error instanceof MikroscopeError) {
    if (cause === 'commit' && error.hint !== '') return error;
    const hint = error.hint || (error.code === 'TransactionLost' ? STAGED_AGAIN : still);
    return new MikroscopeError(error.code, during + error.message, hint, { cause: error });
  }
  const violation = await dialectOf(em.getDriver()).violationOf(error, em);
  if (violation !== undefined) {
    const { code, message, hint } = await describeViolation(em, violation, writes);
    return new MikroscopeError(code, during + message, hint ?? still, { cause: error });
  }
  if (error instanceof OptimisticLockError) {
    const entity = error.getEntity() as object | undefined;
    const name = entity === undefined ? 'A row' : nameOf(entity);
    const checked = entity && uncheckedBy(entity, writes.fieldsOf?.(entity) ?? []);
    if (checked !== undefined) {
      const message = `${name} can be written only with another value of ${checked.join(' or ')}: concurrencyCheck() demands it`;
      const hint =
        'A value of 0, false or null does not count. Change one, or rollback(); update() of a query checks nothing.';
      return new MikroscopeError('BadArgument', during + message, hint, { cause: error });
    }
    const message = `${name} was changed or deleted by somebody else since it was read`;
    const hint = 'Everything is still staged: refresh() it and change it again, or rollback().';
    return new MikroscopeError('StaleRow', during + message, hint, { cause: error });
  }
  return invalidValue(error, during, still) ?? databaseError(em, error, during, still);
}

/** What MikroORM itself does not write. */
function invalidValue(error: unknown, during = '', hint = ''): MikroscopeError | undefined {
  if (!(error instanceof ValidationError)) return undefined;
  const required = /^Value for ([\w$]+)\.([\w$]+) is required/.exec(error.message);
  if (required !== null) {
    const message = `${required[1]}.${required[2]} has no value, and it needs one`;
    return new MikroscopeError('MissingValue', during + message, hint, { cause: error });
  }
  const invalid = /^Trying to set (\S+) of type '(.*)' to (.*) of type '([^']*)'$/s.exec(error.message);
  if (invalid === null) return undefined;
  const [, field, type, value, given] = invalid;
  const message =
    type === given ? `${field} cannot hold ${value}` : `${field} is a ${type} and cannot hold ${value}`;
  return new MikroscopeError('InvalidValue', during + message, hint, { cause: error });
}

/**
 * What a statement that is no flush ran into, in a sentence: a read, or an `update()` or `delete()`.
 *
 * @param writes what it was to write, if that is known
 */
export async function statementError(
  em: SqlEm,
  error: unknown,
  writes: AttemptedWrites = { written: () => [] },
): Promise<unknown> {
  const violation = await dialectOf(em.getDriver()).violationOf(error, em);
  // An invalid value may be one of a condition, which holds none of a column.
  const isOfCondition = violation?.kind === 'invalidValue' && !isInsert(writes);
  if (violation === undefined || isOfCondition) return invalidValue(error) ?? databaseError(em, error);
  const { code, message } = await describeViolation(em, violation, writes);
  return new MikroscopeError(code, message, '', { cause: error });
}

function isInsert(writes: AttemptedWrites): boolean {
  const changes = new Set(Array.from(writes.written(), ([, change]) => change));
  return changes.has('new') && changes.size === 1;
}

/**
 * The error for a transaction that was lost with what cannot be staged again.
 *
 * @param lost what `update()`, `delete()` and SQL wrote, as `1 changed (User)`; empty if they wrote nothing
 */
export function withLost(error: unknown, lost: string): unknown {
  if (lost === '') return error;
  const { code, message, cause } =
    error instanceof MikroscopeError
      ? error
      : { code: 'TransactionLost' as const, message: String(error), cause: undefined };
  const again = isInDoubt(error) ? 'Run it again if it is not there' : 'Run it again';
  const hint = `Lost, as it cannot be staged again: ${lost}. ${again}; what is staged is not lost.`;
  return new MikroscopeError(code, message, hint, { cause: cause ?? error });
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
function databaseError(em: SqlEm, error: unknown, during = '', hint = ''): unknown {
  if (typeof error !== 'object' || error === null || error instanceof MikroscopeError) return error;
  const said = asDriverError(error);
  const fail = (kind: ErrorCode, what: string, then: string) =>
    new MikroscopeError(kind, during + what, then, { cause: error });
  const failure = dialectOf(em.getDriver()).failureOf(said);
  switch (failure?.kind) {
    case 'missing table':
      return fail(
        'MissingTable',
        `There is no table '${failure.table}' in this database`,
        hasMigrations(em) ? 'createAll() or migrate() creates it.' : 'createAll() creates it.',
      );
    case 'transaction aborted':
      return fail(
        'TransactionLost',
        'An earlier statement failed, and the database undid the transaction with it',
        STAGED_AGAIN,
      );
    case 'conflict':
      return fail(
        'TransactionLost',
        'The transaction got in the way of another one, and was undone',
        STAGED_AGAIN,
      );
    case 'connection lost':
    case 'no answer':
    case 'unreachable':
      if (isInDoubt(error))
        return fail(
          'ConnectionLost',
          'The connection was lost before the database could say whether it has committed',
          hint === STILL_STAGED ? IN_DOUBT : 'Look whether it is there before you do it again.',
        );
      return fail('ConnectionLost', 'The connection to the database was lost', STAGED_AGAIN);
    case 'busy':
      return fail(
        'DatabaseBusy',
        'Another program has locked the database',
        hint || 'Try again when it is done.',
      );
    case 'locked':
      return fail(
        'DatabaseBusy',
        'Another transaction has locked what this needs',
        hint || 'Try again when it is done.',
      );
    case 'full':
      return fail(
        'DatabaseBusy',
        'The database takes no more connections',
        'Try again when others have left.',
      );
    case 'no space':
      return fail(
        'DatabaseError',
        'The database has no more room to write',
        hint || 'Free some space on its disk.',
      );
    case 'read-only':
      return fail(
        'ReadOnly',
        'The database takes no writes',
        hint || 'Check what its user, or file, allows.',
      );
    default:
      // A COMMIT that fails throws the driver's own error.
      return (typeof said.code === 'string' && error instanceof DriverException) || isOfDatabase(said)
        ? fail('DatabaseError', said.message.split('\n')[0] ?? '', hint)
        : error;
  }
}
