import type { MikroORM } from '@mikro-orm/core';
import type { AbstractSqlDriver, SqlEntityManager } from '@mikro-orm/sqlite';

/** MikroORM on any SQL database. */
export type SqlOrm = MikroORM<AbstractSqlDriver, SqlEntityManager>;
export type SqlEm = SqlEntityManager;

/** An open transaction or savepoint, as MikroORM hands it around. */
export type Tx = Parameters<ReturnType<SqlEm['getConnection']>['commit']>[0];
