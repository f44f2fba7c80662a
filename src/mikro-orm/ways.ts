import type { Connection, MikroORM } from '@mikro-orm/core';
import { connectionsOf } from './connections.ts';
import type { SqlEm, SqlOrm } from './orm.ts';

type SqlConnection = ReturnType<SqlEm['getConnection']>;
type Kysely = ReturnType<SqlEm['getKysely']>;

/** A way in which MikroORM sends a statement. */
export interface Way {
  readonly connection: Connection;
  /** The rows, where it has any. */
  run(sql: string): Promise<unknown>;
}

/** Every way in which MikroORM sends SQL that it is given, on every connection that it has. */
export function waysOf(orm: MikroORM): readonly Way[] {
  const em = (orm as unknown as SqlOrm).em.fork({ useContext: false, disableContextResolution: true });
  const connections = new Set<Connection>([
    ...connectionsOf(orm),
    orm.driver.getConnection('read'),
    em.getConnection(),
    em.getConnection('read'),
  ]);
  return [
    ...[...connections].flatMap(connection => waysOn(connection as SqlConnection)),
    ...(['all', 'get', 'run'] as const).map(method => ({
      connection: em.getConnection(),
      run: async (sql: string) => asRows(await em.execute(sql, [], method)),
    })),
    { connection: em.getConnection(), run: sql => query(em.getKysely(), sql) },
    { connection: em.getConnection(), run: sql => em.fork().transactional(inner => inner.execute(sql)) },
  ];
}

function waysOn(connection: SqlConnection): readonly Way[] {
  const ways: readonly Way['run'][] = [
    ...(['all', 'get', 'run'] as const).map(
      method => async (sql: string) => asRows(await connection.execute(sql, [], method)),
    ),
    async sql => {
      const rows: unknown[] = [];
      for await (const row of connection.stream(sql)) rows.push(row);
      return rows;
    },
    sql => connection.transactional(transaction => connection.execute(sql, [], 'all', transaction)),
    async sql => {
      const transaction = await connection.begin();
      try {
        return await connection.execute(sql, [], 'all', transaction);
      } finally {
        await connection.rollback(transaction);
      }
    },
    sql => query(connection.getClient(), sql),
  ];
  return ways.map(run => ({ connection, run }));
}

async function query(kysely: Kysely, sql: string): Promise<unknown> {
  const compiled = { sql, parameters: [], query: { kind: 'RawNode' }, queryId: { queryId: 'mikroscope' } };
  const { rows } = await kysely.executeQuery(compiled as never);
  return rows;
}

/** The rows of any result of `execute`. */
function asRows(result: unknown): unknown {
  if (Array.isArray(result)) return result;
  const { rows } = Object(result) as { rows?: unknown };
  return rows ?? [result];
}
