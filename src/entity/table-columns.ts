import type { MikroORM } from '@mikro-orm/core';

/** The columns of a table that entities are mapped to, in lower case; undefined for any other table. */
export type TableColumns = (table: string) => ReadonlySet<string> | undefined;

/** @returns the columns of tables by their names in lower case, also of entities that are discovered later */
export function tableColumns(orm: Pick<MikroORM, 'getMetadata'>): TableColumns {
  let columns = new Map<string, Set<string>>();
  let classes = 0;
  return table => {
    const all = orm.getMetadata().getAll();
    if (all.size !== classes) {
      classes = all.size;
      columns = new Map();
      for (const { tableName, props } of all.values()) {
        const name = tableName?.toLowerCase();
        if (name === undefined) continue;
        const known = columns.get(name) ?? new Set<string>();
        for (const { fieldNames } of props)
          for (const column of fieldNames ?? []) known.add(column.toLowerCase());
        columns.set(name, known);
      }
    }
    return columns.get(table);
  };
}
