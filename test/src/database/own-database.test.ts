import { expect, it } from '@jest/globals';
import { openSession, User } from '../../../src/index.ts';
import { createDatabase, dialects } from '../../support/databases.ts';

it.each(
  dialects.flatMap(dialect =>
    (['createDatabase', 'dropDatabase'] as const).map(name => [dialect, name] as const),
  ),
)('%s: orm.schema.%s() leaves the session where it is, with all that is staged', async (dialect, name) => {
  const database = await createDatabase(dialect);
  const session = await openSession({ url: database.url });
  try {
    await session.createAll();
    session.add(new User({ username: 'Corey', email: 'c@demo.com', password: 'p' }));
    const { schema } = session.orm as unknown as {
      schema: Record<typeof name, (to: string) => Promise<void>>;
    };
    await expect(schema[name]('another')).rejects.toMatchObject({
      code: 'Refused',
      message: `orm.schema.${name}() would leave the session on another database`,
    });
    await session.commit();
    await expect(session.query(User).count()).resolves.toBe(1);
  } finally {
    await session.close();
    await database.drop();
  }
});
