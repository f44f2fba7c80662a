import { Migrator } from '@mikro-orm/migrations';
import { SeedManager, Seeder } from '@mikro-orm/seeder';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AsyncLocalStorage } from 'node:async_hooks';
import { readFile } from 'node:fs/promises';
import { blog } from '../../../src/blog/mapping.ts';
import { openSession, User } from '../../../src/index.ts';
import {
  type Outcome,
  type TransactionCall,
  type TransactionState,
  TRANSITIONS,
} from '../../../src/unit-of-work/transaction-states.ts';
import { createDatabase, type Dialect, dialects, type TestDatabase } from '../../support/databases.ts';
import { STATES, transitionTable } from './transition-table.ts';

type Session = Awaited<ReturnType<typeof openSession>>;

/** DDL commits on MySQL alone, and the ends of nested() are only where nested() is. */
type DirectCall = Exclude<TransactionCall, 'createAll on MySQL' | 'nested returns' | 'nested throws'>;

class NoSeeder extends Seeder {
  async run(): Promise<void> {}
}

const config = {
  entities: [...blog],
  extensions: [Migrator, SeedManager],
  migrations: { migrationsList: [], snapshot: false },
  seeder: { seedersList: [NoSeeder], defaultSeeder: 'NoSeeder' },
};

const named = (username: string) => new User({ username, email: `${username}@demo.com`, password: 'p' });

/** Goes into nested() and stays there until the session closes: what `inside` runs is called from there. */
const enterNested = (session: Session) =>
  inside(
    () =>
      new Promise<void>((resolve, reject) => {
        const work = async () => {
          inside = AsyncLocalStorage.snapshot();
          resolve();
          await new Promise<never>(() => {});
        };
        session.nested(work).catch(reject);
      }),
  );

/** Calls a function from where a test is, by default from outside of nested(). */
let inside = <T>(run: () => T): T => run();

/** Each call in the ways that may lead to different states. */
const calls: Readonly<Record<DirectCall, readonly ((session: Session) => Promise<unknown>)[]>> = {
  query: [session => session.query(User).all()],
  'update, delete': [
    session => session.query(User).filterBy({ username: 'Corey' }).update({ password: 'q' }),
    session => session.query(User).filterBy({ username: 'Nobody' }).delete(),
  ],
  flush: [session => session.flush()],
  commit: [session => session.commit()],
  rollback: [session => session.rollback()],
  'em.begin': [session => session.em.begin()],
  nested: [enterNested],
  createAll: [session => session.createAll()],
  dropAll: [session => session.dropAll()],
  migrate: [session => session.migrate()],
  migrations: [session => session.migrations()],
  seed: [session => session.seed()],
  disconnect: [session => session.disconnect()],
  close: [session => session.close()],
};

/** Brings a session from idle into a state. */
const enter: Readonly<Record<TransactionState, (session: Session) => Promise<unknown>>> = {
  idle: async () => {},
  open: async session => {
    session.add(named('Written'));
    await session.flush();
  },
  nested: async session => {
    session.add(named('Written'));
    await enterNested(session);
  },
  failed: async session => {
    session.add(named('Written'));
    await session.flush();
    // The session hears of what its EntityManager does, and recovers at once.
    const { em } = session;
    const past = em.getConnection().execute('select nonsense', [], 'all', em.getTransactionContext());
    await expect(past).rejects.toThrow('nonsense');
  },
  closed: session => session.close(),
};

/** A session on the one user Corey, and the state that its statements have brought it to. */
const inSession = async (
  { url }: TestDatabase,
  test: (session: Session, stateOf: () => Promise<TransactionState>) => Promise<void>,
) => {
  const session = await openSession({ url, config });
  inside = run => run();
  let depth = 0;
  session.sql.subscribe(({ sql, failed }) => {
    if (failed) return;
    if (/^(?:begin|savepoint)\b/i.test(sql)) depth++;
    if (/^(?:release|rollback\s+to)\b/i.test(sql)) depth--;
    else if (/^(?:commit|rollback)\b/i.test(sql)) depth = 0;
  });
  const isClosed = async () => (await session.query(User).all().catch(String)) === CLOSED;
  const stateOf = async (): Promise<TransactionState> => {
    if (depth === 0) return (await isClosed()) ? 'closed' : 'idle';
    return depth === 1 ? 'open' : 'nested';
  };
  try {
    await session.createAll();
    await session.query(User).delete();
    session.add(named('Corey'));
    await session.commit();
    await test(session, stateOf);
  } finally {
    await session.close();
  }
};

const CLOSED = 'InvalidState: The session is closed';

/** What becomes of a call: the state that it led to, or in which way it failed, provided that nothing was lost. */
const observe = async (
  session: Session,
  run: (session: Session) => Promise<unknown>,
  stateOf: () => Promise<TransactionState>,
): Promise<string> => {
  const before = `${session.uncommitted.summary} ${session.inTransaction}`;
  const error = await inside(() => run(session)).then(
    () => undefined,
    ({ name }: Error) => name,
  );
  if (error === undefined) return stateOf();
  const after = `${session.uncommitted.summary} ${session.inTransaction}`;
  if (error === 'InvalidState') return after === before ? 'refused' : `${error}, but ${before} is ${after}`;
  if (error !== 'TransactionLost' || after !== before.replace('true', 'false')) return `${error}: ${after}`;
  const [committed, count] = [await session.commit(), await session.query(User).count()];
  return committed.new === 2 && count === 3 ? 'loses' : `${String(committed)}, and ${count} rows`;
};

describe.each(dialects)('every call in every state on %s', dialect => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createDatabase(dialect);
  });
  afterAll(() => database.drop());

  // SQLite undoes nothing but the statement that failed.
  const states = STATES.filter(state => state !== 'failed' || dialect === ('postgresql' satisfies Dialect));
  const cases = states.flatMap(state =>
    (Object.keys(calls) as DirectCall[]).map(call => [state, call] as const),
  );

  it.each(cases)('%s: %s', async (state, call) => {
    const outcome: Outcome = TRANSITIONS[call][state];
    const observed = new Set<string>();
    const expected = new Set<string>(outcome.kind === 'runs' ? outcome.to : [outcome.kind]);
    // A failed transaction is found out by a statement, so there must be something to write.
    for (const isStaged of outcome.kind === 'loses' ? [true] : [true, false]) {
      const isRefused = isStaged && outcome.kind === 'runs' && outcome.needs !== undefined;
      if (isRefused) expected.add('refused');
      for (const run of calls[call]) {
        await inSession(database, async (session, stateOf) => {
          await enter[state](session);
          if (isStaged) session.add(named('Staged'));
          observed.add(await observe(session, run, stateOf));
        });
      }
    }
    expect([...observed].toSorted()).toEqual([...expected].toSorted());
  });

  it.each(['nested returns', 'nested throws'] as const)('nested: %s', async call => {
    const end = async () => {
      if (call === 'nested throws') throw new Error('thrown inside');
    };
    const reached: TransactionState[] = [];
    for (const before of ['idle', 'open', 'nested'] as const) {
      await inSession(database, async (session, stateOf) => {
        await enter[before](session);
        await inside(() => session.nested(end)).catch(() => {});
        reached.push(await stateOf());
      });
    }
    expect(TRANSITIONS[call].nested).toEqual({ kind: 'runs', to: reached });
  });

  it.each([
    ['returns', undefined, CLOSED],
    ['throws', new Error('thrown inside'), 'Error: thrown inside'],
  ] as const)('closed: nested %s', async (_, thrown, expected) => {
    await inSession(database, async session => {
      const work = session.nested(async () => {
        await session.close();
        if (thrown) throw thrown;
      });
      expect(await work.catch(String)).toBe(expected);
    });
  });
});

it('docs/transactions.md shows the table of the code', async () => {
  const text = await readFile(new URL('../../../docs/transactions.md', import.meta.url), 'utf8');
  expect(text).toContain(transitionTable());
});
