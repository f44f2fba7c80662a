import type { EntityClass, EntityMetadata } from '@mikro-orm/core';
import type { Database } from '../database/open-database.ts';
import type { SqlEm } from '../mikro-orm/orm.ts';
import { Query } from '../query/query.ts';
import { QueryRunner } from '../query/runner.ts';
import type { SqlLog } from '../sql/sql-log.ts';
import { tableColumns } from '../entity/table-columns.ts';
import { type Confirm, Confirmation } from '../unit-of-work/confirmation.ts';
import { checkGivenData } from '../entity/given-data.ts';
import { MappedClasses } from '../entity/mapped-classes.ts';
import { Values } from '../entity/values/values.ts';
import { Foreseen } from '../loading/foreseen.ts';
import { RemovalCascade } from '../loading/removal-cascade.ts';
import { RowLoader } from '../loading/row-loader.ts';
import { noteFilters } from '../mikro-orm/default-filters.ts';
import { RowsForUpdates } from '../loading/rows-for-updates.ts';
import { EndlessWaits } from '../mikro-orm/endless-waits.ts';
import { writeDiscriminators } from '../mikro-orm/discriminators.ts';
import { upsertByDuplicateKey } from '../mikro-orm/duplicate-key-upserts.ts';
import { writeGivenData } from '../mikro-orm/nested-data.ts';
import { isRecorded, otherWrites } from '../mikro-orm/other-writes.ts';
import { PropertyReader } from '../loading/property-reader.ts';
import { Staging } from '../unit-of-work/staging.ts';
import { SchemaOperations } from './schema-operations.ts';
import { CallGate } from '../unit-of-work/call-gate.ts';
import { explainCalls } from '../unit-of-work/explain-calls.ts';
import { followTransactions } from '../unit-of-work/follow-transactions.ts';
import { followNativeWrites } from '../unit-of-work/native-writes.ts';
import { UnitOfWork } from '../unit-of-work/unit-of-work.ts';

/** What a session is made of, around one EntityManager. */
export interface SessionParts {
  readonly em: SqlEm;
  readonly metadata: readonly EntityMetadata[];
  readonly unit: UnitOfWork;
  readonly classes: MappedClasses;
  readonly loader: RowLoader;
  readonly reader: PropertyReader;
  readonly staging: Staging;
  readonly cascade: RemovalCascade;
  readonly tables: SchemaOperations;
  readonly gate: CallGate;
  readonly values: Values;
  /** A new query of an entity. */
  query<T extends object>(entity: EntityClass<T>): Query<T>;
}

export function compose(database: Database, sql: SqlLog, confirm: Confirm): SessionParts {
  const { orm, dialect, releaseDead, interceptor } = database;
  const em = orm.em.fork({ useContext: false, disableContextResolution: true });
  const metadata = [...orm.getMetadata().getAll().values()];
  const waits = new EndlessWaits({
    em,
    database: oneConnection(database),
    family: dialect.family,
    transactions: interceptor.transactions,
  });
  const confirmation = new Confirmation(confirm, dialect, tableColumns(orm));
  interceptor.add('endless-waits', waits);
  interceptor.add('confirmation', confirmation);
  const values = new Values(dialect.values, em.getPlatform());
  const unit = new UnitOfWork(em, interceptor.transactions, sql, releaseDead, values);
  interceptor.add(
    'other-writes',
    otherWrites(dialect.family, () => unit.noteOtherWrite()),
  );
  const gate = new CallGate(unit, waits);
  followTransactions(gate, unit);
  writeDiscriminators(em);
  if (dialect.upsertsByDuplicateKey) upsertByDuplicateKey(em);
  followNativeWrites(em, {
    session: em,
    isKnown: isRecorded,
    deleted: meta => unit.noteDeleted(meta),
  });
  explainCalls(gate, unit);
  const loader = new RowLoader(unit);
  const cascade = new RemovalCascade(unit, loader);
  unit.removals = cascade;
  noteFilters(em);
  checkGivenData(em);
  writeGivenData(em);
  const foreseen = new Foreseen(unit, loader, metadata);
  const updates = new RowsForUpdates(unit, loader, foreseen, metadata);
  unit.loadForUpdates = () => updates.load();
  const runner = new QueryRunner(unit, gate, confirmation, values);
  const query: SessionParts['query'] = entity => new Query(runner, orm.getMetadata().get(entity));
  const classes = new MappedClasses(metadata);
  const reader = new PropertyReader({
    unit,
    loader,
    foreseen,
    gate,
    metadata,
    classes,
    query: entity => query(entity as EntityClass<object>),
  });
  const staging = new Staging(unit, classes);
  const tables = new SchemaOperations({ em, database, unit, gate, staging, confirmation, waits });
  return { em, metadata, unit, classes, loader, reader, staging, cascade, tables, gate, values, query };
}

/** What has one connection, as the subject of a sentence; undefined for a database that has many. */
function oneConnection({ dialect, sandbox, interceptor }: Database): string | undefined {
  if (dialect.isEmbedded) return dialect.label;
  if (sandbox) return 'a sandbox';
  return interceptor.isPoolOfOne ? 'the pool' : undefined;
}
