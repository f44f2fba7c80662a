import { type EntityMetadata, type EntityProperty, ReferenceKind } from '@mikro-orm/core';
import type { SqlEm } from '../mikro-orm/orm.ts';
import { existingTables } from './tables.ts';

/** A table of the mapped entities, with its rows. */
export interface TableRows {
  readonly table: string;
  /** The column of a key that the database makes; undefined where the key is another, or has several columns. */
  readonly key: string | undefined;
  /** The tables that columns refer to, by the names of the columns. */
  readonly references: Readonly<Record<string, string>>;
  /** The columns of properties that are never shown. */
  readonly hidden: readonly string[];
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

/** Reads every row of the mapped tables that exist, as the open transaction sees them. */
export async function readTableRows(em: SqlEm): Promise<TableRows[]> {
  const platform = em.getPlatform();
  const mapped = new Map(
    [...em.getMetadata().getAll().values()]
      .filter(meta => !meta.embeddable && !meta.virtual && !meta.abstract && !meta.view)
      .map(meta => [meta.tableName, meta]),
  );
  const isThere = await existingTables(em);
  const found: TableRows[] = [];
  for (const [table, meta] of mapped) {
    if (!isThere(meta.schema === undefined ? { name: table } : { name: table, schema: meta.schema }))
      continue;
    const name = platform.quoteIdentifier(meta.schema === undefined ? table : `${meta.schema}.${table}`);
    const rows = await em
      .getConnection()
      .execute<Record<string, unknown>[]>(`select * from ${name}`, [], 'all', em.getTransactionContext());
    found.push({ table, ...columnsOf(meta), rows });
  }
  return found;
}

function columnsOf(meta: EntityMetadata): Pick<TableRows, 'key' | 'references' | 'hidden'> {
  const [key, ...others] = meta.props.filter(prop => prop.primary);
  const references = meta.props.flatMap(prop => {
    const [column, ...more] = isOwner(prop) ? prop.joinColumns : [];
    const target = prop.targetMeta?.tableName;
    return column === undefined || target === undefined || more.length > 0 ? [] : [[column, target] as const];
  });
  return {
    key: key?.autoincrement && others.length === 0 ? key.fieldNames[0] : undefined,
    references: Object.fromEntries(references),
    hidden: meta.props.filter(prop => prop.hidden).flatMap(prop => prop.fieldNames ?? []),
  };
}

function isOwner({ kind, owner }: EntityProperty): boolean {
  return kind === ReferenceKind.MANY_TO_ONE || (kind === ReferenceKind.ONE_TO_ONE && owner);
}
