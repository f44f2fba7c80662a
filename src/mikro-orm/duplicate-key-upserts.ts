import { AsyncLocalStorage } from 'node:async_hooks';
import type { SqlEm } from './orm.ts';
import { replaceMethod } from './replace-method.ts';

type Update = (type: unknown, where: unknown, data: unknown, options?: Options) => Promise<unknown>;

interface Options {
  readonly upsert?: boolean;
  readonly onConflictWhere?: unknown;
}

/** The native query builder of MySQL, as far as it writes an upsert. */
interface Builder {
  readonly options: { readonly data?: Row | readonly Row[]; readonly onConflict?: Conflict };
  readonly parts: string[];
  readonly params: unknown[];
  quote(name: string): string;
  compileInsert(): void;
  addOnConflictClause(): void;
}

type Row = Readonly<Record<string, unknown>>;

interface Conflict {
  ignore?: boolean;
  readonly merge?: readonly string[] | Row;
  readonly where?: { readonly sql: string; readonly params: readonly unknown[] };
}

/** The options of the upsert that is under way. */
const upserting = new AsyncLocalStorage<Options>();

/**
 * Has upserts say ON DUPLICATE KEY UPDATE as the database takes it. Where nothing is to be updated MikroORM says INSERT IGNORE,
 * which also ignores that a value is missing, and writes an empty one; and where classes share a table it adds a WHERE that
 * there is none of.
 */
export function upsertByDuplicateKey(em: SqlEm): void {
  const driver = em.getDriver();
  for (const name of ['nativeUpdate', 'nativeUpdateMany'])
    replaceMethod<Update>(
      driver,
      name,
      update => (type, where, data, options) =>
        options?.upsert === true
          ? upserting.run(options, () => update(type, where, data, options))
          : update(type, where, data, options),
    );
  replaceMethod<() => unknown>(driver.getPlatform(), 'createNativeQueryBuilder', create => () => {
    const builder = create() as Builder;
    const options = upserting.getStore();
    if (options !== undefined) writeUpsert(builder, options.onConflictWhere === undefined);
    return builder;
  });
}

/** @param isOfClass whether a condition can only be that the row is of the class */
function writeUpsert(builder: Builder, isOfClass: boolean): void {
  const { options, parts, params } = builder;
  let nothing: string | undefined;
  replaceMethod<() => void>(builder, 'compileInsert', compile => () => {
    const { onConflict: conflict, data } = options;
    const [column] = Object.keys([data].flat()[0] ?? {});
    if (conflict?.ignore === true && column !== undefined) {
      conflict.ignore = false;
      nothing = `${builder.quote(column)} = ${builder.quote(column)}`;
    }
    compile();
  });
  replaceMethod<() => void>(builder, 'addOnConflictClause', add => () => {
    const { merge, where } = options.onConflict ?? {};
    if (nothing !== undefined) {
      parts.push(`on duplicate key update ${nothing}`);
    } else if (isOfClass && where !== undefined && Array.isArray(merge)) {
      const columns = (merge as readonly string[]).map(name => builder.quote(name));
      const set = columns.map(name => `${name} = if(${where.sql}, values(${name}), ${name})`);
      parts.push(`on duplicate key update ${set.join(', ')}`);
      for (const _ of columns) params.push(...where.params);
    } else {
      add();
    }
  });
}
