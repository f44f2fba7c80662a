import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { shareMikroOrm } from '../../repl/project/share-mikro-orm.ts';
import type { Session } from '../../src/index.ts';
import { outcome } from './outcome.ts';

/** Tries to write in every way there is, with the MikroORM of a folder, and prints how it went. */
const [folder = '', dialect = '', place = ''] = process.argv.slice(2);
const config = join(folder, 'config.js');
shareMikroOrm({ name: 'copy', folder, config, context: undefined, package: undefined, settings: {} });

/** What the folder has: the options of a database, and the class of its one entity. */
interface Project {
  readonly options: (dialect: string, place: string) => object;
  readonly Tag: new () => { name: string };
}

const tries: Record<string, Record<string, string>> = {};
for (const guard of ['readOnly', 'sandbox']) {
  const how: Record<string, string> = {};
  tries[guard] = how;
  try {
    const { options, Tag } = (await import(pathToFileURL(config).href)) as Project;
    const { openSession } = await import('../../src/index.ts');
    const session = await openSession({ config: options(dialect, place), [guard]: true });
    for (const [name, way] of Object.entries(ways(session, Tag))) how[name] = await outcome(way);
    await session.close();
  } catch (error) {
    how['open'] = String(error);
  }
}
process.stdout.write(JSON.stringify(tries));
process.exit();

function ways(session: Session, Tag: Project['Tag']): Record<string, () => unknown> {
  const { em, orm } = session;
  const connection = em.getConnection();
  const insert = "insert into tag (name) values ('x')";
  const rows =
    dialect === 'sqlite'
      ? 'delete from tag returning id'
      : 'with gone as (delete from tag returning id) select * from gone';
  const tag = (name: string) => Object.assign(new Tag(), { name });
  const kysely = () => em.fork().getKysely<{ tag: { name: string } }>();
  const all: Record<string, () => unknown> = {
    commit: async () => {
      session.add(tag('a'));
      await session.commit();
    },
    update: () => session.query(Tag).update({ name: 'b' }),
    execute: () => em.execute(insert),
    rows: () => em.execute(rows),
    fork: () => em.fork().persist(tag('c')).flush(),
    insert: () => em.fork().insert(Tag, { name: 'd' }),
    builder: () => em.fork().createQueryBuilder(Tag).delete().execute(),
    kysely: () => kysely().insertInto('tag').values({ name: 'e' }).execute(),
    kyselyTransaction: () =>
      kysely()
        .transaction()
        .execute(trx => trx.deleteFrom('tag').execute()),
    connection: () => connection.execute(insert),
    replica: () => em.getConnection('read').execute(insert),
    transactional: () => em.fork().transactional(fork => fork.execute(insert)),
    begun: async () => {
      const transaction = await connection.begin();
      try {
        await connection.execute('delete from tag', [], 'run', transaction);
      } finally {
        await connection.commit(transaction);
      }
    },
    stream: async () => {
      for await (const _row of connection.stream(rows)) continue;
    },
    dump: () => connection.executeDump('delete from tag'),
    native: async () => {
      const native = (await connection.getNativeClient()) as Record<string, (sql: string) => unknown>;
      await (native['exec'] ?? native['query'])?.call(native, 'delete from tag');
    },
    drop: () => em.execute('drop table tag'),
    schema: () => orm.schema.execute('create table other (id int)'),
    reconnected: async () => {
      await orm.reconnect();
      await em.fork().execute(insert);
    },
    reopened: async () => {
      await orm.close();
      await em.fork().execute('delete from tag');
    },
  };
  return Object.fromEntries(
    Object.entries(all).map(([name, way]) => [
      name,
      async () => {
        try {
          await way();
        } finally {
          await session.rollback();
        }
      },
    ]),
  );
}
