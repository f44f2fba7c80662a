import { type MikroORM, QueryHelper, ReferenceKind } from '@mikro-orm/core';
import type { AbstractSqlPlatform } from '@mikro-orm/sqlite';
import { callsOf, dryConnection } from './dry-connection.ts';
import { builderOf } from './given-references.ts';
import type { Reliance } from './reliance.ts';
import { replaceMethod } from './replace-method.ts';

const connection = (orm: MikroORM) => orm.driver.getConnection();

/** What the interceptor and the guards rely on: how MikroORM opens its connections, and what it sends on them. */
export const driverContract: readonly Reliance[] = [
  {
    member: 'AbstractSqlConnection.createKyselyDialect',
    on: connection,
    relied:
      'A connection is opened with the dialect that this method of the instance gives, and whatever it executes, streams, begins and ends goes through the driver of that dialect.',
    check: async orm => {
      const dry = await dryConnection(connection(orm));
      const calls = await callsOf(dry, async ({ connection: used }) => {
        await used.execute('select 1');
        for await (const _row of used.stream('select 2')) continue;
        const transaction = await used.begin();
        await used.execute('select 3', [], 'all', transaction);
        await used.commit(transaction);
        await used.rollback(await used.begin());
      });
      return (
        calls ===
        'acquire, select 1, acquire, select 2, acquire, begin, select 3, commit, acquire, begin, rollback'
      );
    },
  },
  ...(['execute', 'stream', 'begin', 'commit', 'rollback'] as const).map(name => ({
    member: `AbstractSqlConnection.${name}` as const,
    on: connection,
    isDocumented: true as const,
    relied: 'It goes through the driver of the dialect, as the check of createKyselyDialect shows.',
  })),
  {
    member: 'AbstractSqlConnection.transactional',
    on: connection,
    isDocumented: true,
    relied: 'Between its BEGIN and its COMMIT it runs the function that it is given, and nothing else.',
    check: async orm => {
      const dry = await dryConnection(connection(orm));
      const calls = await callsOf(dry, ({ connection: used, calls: so }) =>
        used.transactional(async () => void so.push('work')),
      );
      return calls === 'acquire, begin, work, commit';
    },
  },
  {
    member: 'AbstractSqlConnection.executeDump',
    on: connection,
    isDocumented: true,
    relied: 'It is the one way to send SQL to an embedded database past the dialect.',
  },
  {
    member: 'AbstractSqlConnection.getNativeClient',
    on: connection,
    since: '7.2',
    isDocumented: true,
    relied: "It is the one way to the driver's own client.",
  },
  {
    member: 'SqliteConnection.database',
    on: orm =>
      /^(?:Sqlite|LibSql)Connection$/.test(connection(orm).constructor.name) ? connection(orm) : undefined,
    kind: 'property',
    isCommonWord: true,
    relied: 'It is the database of better-sqlite3 or libsql once the connection is open.',
  },
  ...(['connect', 'getClient'] as const).map(name => ({
    member: `AbstractSqlConnection.${name}` as const,
    on: connection,
    isDocumented: true as const,
    relied: 'Nothing is sent on a connection that this method of the instance did not open or hand out.',
  })),
  {
    member: 'DatabaseDriver.connection',
    on: orm => orm.driver,
    kind: 'property',
    isCommonWord: true,
    relied: 'It is the connection that writes, and stays the same.',
    check: ({ driver }) => Reflect.get(driver, 'connection') === driver.getConnection(),
  },
  {
    member: 'DatabaseDriver.replicas',
    on: orm => orm.driver,
    kind: 'property',
    isCommonWord: true,
    relied: 'It lists the connections of all read replicas.',
    check: ({ config, driver }) => {
      const replicas: unknown = Reflect.get(driver, 'replicas');
      return Array.isArray(replicas) && replicas.length === (config.get('replicas') ?? []).length;
    },
  },
  {
    member: 'DatabaseDriver.syncCollections',
    on: orm => orm.driver,
    isDocumented: true,
    relied: 'It is this method of the instance that deletes rows of join tables, through nativeDelete.',
  },
  {
    member: 'AbstractSqlDriver.createQueryBuilderFromOptions',
    on: orm => orm.driver,
    relied:
      'It is this method of the instance that makes the query builder of find(), whose options reach it, before SQL runs.',
  },
  {
    member: 'AbstractSqlDriver.mapJoinedProps',
    on: orm => orm.driver,
    relied:
      'It is this method of the instance that puts what was joined into a row, which has the foreign keys by then.',
    check: ({ driver }) => {
      const [id, property] = [{ fieldNames: ['id'] }, { name: 'to', kind: ReferenceKind.MANY_TO_ONE }];
      const target = { props: [id], getPrimaryProps: () => [id] };
      const meta = { name: 'Probe', properties: { to: { ...property, targetMeta: target } } };
      const row = { to: 1 };
      const map = Reflect.get(driver, 'mapJoinedProps') as (...args: unknown[]) => void;
      Reflect.apply(map, driver, [
        row,
        meta,
        [{ field: 'to:ref', filter: true }],
        { getAliasForJoinPath: () => 'a' },
        {},
      ]);
      return row.to === null;
    },
  },
  {
    member: 'DatabaseDriver.mapDataToFieldNames',
    on: orm => orm.driver,
    relied:
      'It is this method of the instance that makes columns of the fields which a query builder writes, also of null.',
    check: ({ driver }) => {
      const map = Reflect.get(driver, 'mapDataToFieldNames') as (...args: unknown[]) => { b?: unknown };
      return Reflect.apply(map, driver, [{ a: null }, true, { a: { fieldNames: ['b'] } }]).b === null;
    },
  },
  {
    member: 'QueryBuilder.mainAlias',
    on: builderOf,
    kind: 'property',
    relied: 'It has the metadata of the class that is written.',
  },
  {
    member: 'QueryBuilder.mapResult',
    on: builderOf,
    relied: 'It is this method of the prototype that makes objects of the rows of a stream.',
  },
  {
    member: 'EntityLoader.findChildren',
    on: orm => orm.em.fork().getEntityLoader(),
    relied:
      'It looks for what entities refer to, and makes a reference null if it finds nothing and there is no condition.',
  },
  {
    member: 'Platform.getSearchJsonPropertyKey',
    on: orm => orm.driver.getPlatform(),
    relied: 'It makes the SQL for a part of JSON that is compared.',
    check: ({ driver }) => {
      const platform = driver.getPlatform() as unknown as {
        getSearchJsonPropertyKey(path: string[], type: string, aliased: boolean): { sql?: unknown };
      };
      return typeof platform.getSearchJsonPropertyKey(['a', 'b'], 'string', true).sql === 'string';
    },
  },
  {
    member: 'Platform.createNativeQueryBuilder',
    on: orm => orm.driver.getPlatform(),
    relied:
      'What it makes writes an insert, and what is done where a row is there, by methods of the instance, and says with its options which.',
    check: ({ em }) => {
      const builder = (em.getPlatform() as AbstractSqlPlatform).createNativeQueryBuilder();
      const calls: string[] = [];
      for (const name of ['compileInsert', 'addOnConflictClause'])
        replaceMethod<() => void>(builder, name, method => () => (calls.push(name), method()));
      builder.onConflict({ fields: ['a'], ignore: true });
      const { params } = builder.into('t').insert({ a: 1 }).compile();
      const { options } = builder as unknown as { options: { data?: object; onConflict?: object } };
      return (
        calls.join() === 'compileInsert,addOnConflictClause' &&
        params.length === 1 &&
        options.data !== undefined &&
        options.onConflict !== undefined
      );
    },
  },
  {
    member: 'QueryHelper.processWhere',
    on: () => QueryHelper,
    relied:
      'All conditions pass this method, also those of a query builder, and it calls itself for those inside of others, with `root: false`.',
  },
  {
    member: 'ExceptionConverter.convertException',
    on: orm => orm.driver.getPlatform().getExceptionConverter(),
    isDocumented: true,
    relied: 'MikroORM passes the error of every statement to this method, always of the same object.',
    check: ({ driver }) =>
      driver.getPlatform().getExceptionConverter() === driver.getPlatform().getExceptionConverter(),
  },
];
