import { MikroscopeError } from '../errors.ts';
import { isPlainInsert } from '../sql/plain-insert.ts';
import { readStatements, type SqlStatement } from '../sql/statement.ts';
import type { SqlFamily } from '../sql/token.ts';
import { endsTransaction, hidesBegin, isAboutSavepoint, leavesOpen } from '../sql/transaction-boundaries.ts';
import type { Layer, OpenConnection, Statement } from './interceptor.ts';

/**
 * MikroORM does not know of a transaction that SQL begins or ends. One that SQL begins would stay open on a connection
 * of the pool. If SQL ended the one that is open, its COMMIT would claim to have written what is undone, and its
 * ROLLBACK to have undone what is written. Refuses such SQL; `commit()`, `rollback()` and `nested()` do the same.
 *
 * @param isTracked whether the driver keeps track of transactions by itself, and loses track when SQL begins or ends one
 * @param undoes whether a failed statement has undone its transaction
 */
export function strayTransactions(
  family: SqlFamily,
  isTracked: boolean,
  undoes: (error: unknown) => boolean,
): Layer {
  return {
    admit(statement) {
      if (!statement.isDriverOwn) assertAllowed(statement, family, isTracked);
      return undefined;
    },
    async execute({ sql, transaction, connection, isDriverOwn }, send) {
      const result = await send();
      if (
        transaction === undefined &&
        !isDriverOwn &&
        readStatements(sql, family).some(each => hidesBegin(each, family))
      )
        await assertNothingOpen(connection);
      return result;
    },
    undoes,
    isEnded: error => /no transaction is active/.test(String(error)),
  };
}

function assertAllowed(
  { sql, transaction }: Pick<Statement, 'sql' | 'transaction'>,
  family: SqlFamily,
  isTracked: boolean,
): void {
  if (isPlainInsert(sql)) return;
  for (const statement of readStatements(sql, family)) {
    const left = transaction === undefined ? leavesOpen(statement, family) : undefined;
    if (left !== undefined) throw refused(statement, `leave a ${left} behind on its connection`);
    const isEnd = (transaction !== undefined || isTracked) && endsTransaction(statement, family);
    // The session would take for written what is undone to a savepoint.
    if (isEnd || (transaction === 'by hand' && isAboutSavepoint(statement)))
      throw refused(statement, "change the transaction without MikroORM's knowledge");
  }
}

function refused({ keyword }: SqlStatement, what: string): MikroscopeError {
  return new MikroscopeError(
    'InvalidState',
    `${keyword === '' ? 'This' : keyword.toUpperCase()} as SQL would ${what}`,
    'Use commit(), rollback() and nested(), or em.transactional().',
  );
}

/**
 * A savepoint lasts only in a transaction, so that it tells whether there is one.
 *
 * @throws MikroscopeError `InvalidState` if one is open; it is undone then
 */
async function assertNothingOpen({ run }: OpenConnection): Promise<void> {
  try {
    await run(`savepoint ${PROBE}`);
    await run(`release savepoint ${PROBE}`);
  } catch {
    return;
  }
  await run('rollback');
  await run('set autocommit = 1');
  throw new MikroscopeError(
    'InvalidState',
    'This statement left a transaction open on its connection, and that has been rolled back',
    'Use commit(), rollback() and nested(), or em.transactional().',
  );
}

const PROBE = 'mikroscope_probe';
