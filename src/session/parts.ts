import type { EntityClass, EntityMetadata } from '@mikro-orm/core';
import type { Database } from '../database/open.ts';
import type { SqlEm } from '../database/orm.ts';
import { Query } from '../query/query.ts';
import { QueryRunner } from '../query/runner.ts';
import type { SqlLog } from '../sql/log.ts';
import { takeTypedTransactions } from './by-hand.ts';
import { type Confirm, Consent } from './danger.ts';
import { refuseToCommitSilently } from './implicit-commit.ts';
import { Loader } from './loader.ts';
import { refuseToWait } from './one-connection.ts';
import { keepOwnErrors } from './own-errors.ts';
import { Reader } from './reader.ts';
import { Stage } from './stage.ts';
import { Tables } from './tables.ts';
import { Turns } from './turns.ts';
import { Unit } from './unit.ts';

/** What a session is made of, around one EntityManager. */
export interface Parts {
  readonly em: SqlEm;
  readonly metadata: readonly EntityMetadata[];
  readonly unit: Unit;
  readonly loader: Loader;
  readonly reader: Reader;
  readonly stage: Stage;
  readonly tables: Tables;
  readonly turns: Turns;
  /** A new query of an entity. */
  query<T extends object>(entity: EntityClass<T>): Query<T>;
}

export function assemble(database: Database, sql: SqlLog, confirm: Confirm): Parts {
  const { orm, dialect, releaseDead } = database;
  const em = orm.em.fork({ useContext: false });
  const metadata = [...orm.getMetadata().getAll().values()];
  const assertNoWait = refuseToWait(em, dialect, database.sandbox);
  refuseToCommitSilently(em, dialect);
  takeTypedTransactions(em, dialect);
  keepOwnErrors(em);
  const consent = new Consent(confirm);
  consent.watch(em);
  const turns = new Turns();
  const unit = new Unit(em, sql, releaseDead);
  const loader = new Loader(unit);
  const runner = new QueryRunner(unit, turns, consent);
  const query: Parts['query'] = entity => new Query(runner, orm.getMetadata().get(entity));
  const detached = new WeakSet<object>();
  const reader = new Reader({
    unit,
    loader,
    turns,
    metadata,
    detached,
    query: entity => query(entity as EntityClass<object>),
  });
  const stage = new Stage(em, reader, detached);
  const tables = new Tables({ em, database, unit, turns, stage, consent, assertNoWait });
  return { em, metadata, unit, loader, reader, stage, tables, turns, query };
}
