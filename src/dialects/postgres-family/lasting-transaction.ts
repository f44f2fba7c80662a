import { MikroscopeError } from '../../errors.ts';
import { readStatements } from '../../sql/statement.ts';
import { cannotUndo } from '../cannot-undo.ts';
import { noLongerThan } from '../no-longer-than.ts';
import { assertUndoable, SETTLE } from './undoable.ts';
import { discard, oneAfterAnother, type PgClient } from '../../mikro-orm/pg-client.ts';
import { readSequences, rollBackWithSequences, type Sequences } from './put-back-sequences.ts';

/** A server may end a transaction that is idle for long, and this one is; it holds nothing up that a lock does not. */
const KEEP_IDLE =
  "select set_config(name, '0', true) from pg_settings where name in ('idle_in_transaction_session_timeout', 'transaction_timeout')";

/** The answer of pg. */
interface Result {
  readonly rows: readonly Record<string, unknown>[];
}

/** The transaction that everything in a sandbox on PostgreSQL happens in. */
export class LastingTransaction {
  /** How to undo what each client did. */
  readonly #clients = new Map<PgClient, () => Promise<void>>();
  /** Whether anything was sent in it. */
  #isUsed = false;

  /** Begins it before anything else can be sent, and lets nothing be sent outside of it. */
  readonly begin = async (client: PgClient): Promise<void> => {
    const { promise: begun, resolve, reject } = Promise.withResolvers<void>();
    let isNews = this.#isUsed;
    this.#isUsed = false;
    const query = client.query.bind(client) as (sent: { text: string }) => Promise<Result>;
    const send = (text: string) => query({ text });
    let wasReset = false;
    oneAfterAnother(client, async ({ text, isCursor }, own) => {
      await begun;
      if (!isCursor && isNews) {
        isNews = false;
        // The first statement after the loss reports it.
        throw lost(
          'The connection was lost, and with it what was done in the sandbox',
          'The database is as it was: go on from there.',
        );
      }
      if ((client.getTransactionStatus?.() ?? 'T') === 'I')
        throw lost('The transaction of the sandbox has ended', 'Leave, and come back for another.');
      assertStaysInside(text);
      this.#isUsed = true;
      if (wasReset) await own(KEEP_IDLE).catch(() => {});
      wasReset = resetsAll(text);
    });
    try {
      const sequences = await readSequences(send).catch(() => NONE);
      this.#clients.set(client, () => rollBackWithSequences(send, sequences));
      await send('begin isolation level read committed');
      await send(KEEP_IDLE);
      resolve();
    } catch (error) {
      reject(error);
      begun.catch(() => {});
      throw error;
    }
  };

  /** A pool waits for open transactions to end; here they are all given up. */
  readonly giveUp = async (): Promise<void> => {
    for (const [client, undo] of this.#clients) {
      if (this.#isUsed) await noLongerThan(undoMs, undo());
      discard(client);
    }
    this.#clients.clear();
    this.#isUsed = false;
  };
}

const NONE: Sequences = new Map();

/** A statement may still be running on the connection, and then its end undoes the transaction. */
const undoMs = 2000;

function lost(message: string, hint: string): MikroscopeError {
  return new MikroscopeError('ConnectionLost', message, hint);
}

/** What is sent past MikroORM ends no transaction either. @throws MikroscopeError `CannotUndo` */
function assertStaysInside(text: string): void {
  if (text === SETTLE) return;
  for (const statement of readStatements(text, 'postgresql')) {
    switch (statement.transaction?.kind) {
      case undefined:
      case 'savepoint':
      case 'rollbackTo':
      case 'release':
        break;
      default:
        throw cannotUndo(statement.keyword);
    }
    assertUndoable(statement);
  }
}

/** RESET ALL, which MikroORM sends before each statement of a session context, resets that as well. */
function resetsAll(text: string): boolean {
  return readStatements(text, 'postgresql').some(
    ({ keyword, settings }) => keyword === 'reset' && settings.includes('all'),
  );
}
