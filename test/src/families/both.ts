import { openSession } from '../../../src/index.ts';
import { createDatabase, type Dialect } from '../../support/databases.ts';
import { entities } from './family.ts';
import type { Session } from './show.ts';

/** A session, and what a second connection does and sees. */
export interface Both {
  readonly session: Session;
  readonly other: Session;
  close(): Promise<void>;
}

/** A session on an empty database, and a second connection. */
export async function openBoth(dialect: Dialect): Promise<Both> {
  const database = await createDatabase(dialect);
  const [session, other] = [
    await openSession({ url: database.url, entities }),
    await openSession({ url: database.url, entities }),
  ];
  await session.createAll();
  if (dialect === 'sqlite')
    // One connection reads while the other writes, and nothing waits for the disk.
    for (const { em } of [session, other])
      for (const pragma of ['journal_mode = wal', 'synchronous = off']) await em.execute(`pragma ${pragma}`);
  return {
    session,
    other,
    async close() {
      await session.close();
      await other.close();
      await database.drop();
    },
  };
}
