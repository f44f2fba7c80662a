import { openSession, User } from '../../src/index.ts';
import { createDatabase, type Dialect, type TestDatabase } from './databases.ts';

/** A user of the demo blog. */
export function named(username: string, fields: object = {}): User {
  return new User({ username, email: `${username}@demo.com`, password: 'p', ...fields });
}

/** A database with the tables of the demo blog, and one user in it: Corey. */
export async function createBlog(dialect: Dialect): Promise<TestDatabase> {
  const database = await createDatabase(dialect);
  const session = await openSession({ url: database.url });
  await session.createAll();
  session.add(named('Corey'));
  await session.commit();
  await session.close();
  return database;
}
