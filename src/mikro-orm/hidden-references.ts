import {
  EntityLoader,
  type EntityMetadata,
  type EntityProperty,
  type MikroORM,
  ReferenceKind,
  Utils,
} from '@mikro-orm/core';
import { isForeignKey } from './class-tables.ts';
import { ownerOf } from './entity-state.ts';

type Row = Record<string, unknown>;
type Hint = Readonly<{ field: string }>;
type MapJoined = (row: Row, meta: EntityMetadata, joined: readonly Hint[], ...rest: unknown[]) => void;
type Options = Readonly<Record<string, unknown>>;
type FindChildren = (
  entities: readonly object[],
  prop: EntityProperty,
  hint: object,
  options: Options,
) => unknown;

const keeping = new WeakSet<object>();

/**
 * A relation to what a filter leaves out stays the reference that its foreign key names. MikroORM makes it null, which nobody
 * assigned, and which a later flush would write: also at the other side of a one-to-one relation, if another session has
 * changed the row.
 */
export function keepHiddenReferences({ driver }: MikroORM): void {
  keeping.add(driver);
  const own = driver as unknown as { mapJoinedProps: MapJoined };
  const map = own.mapJoinedProps.bind(driver);
  own.mapJoinedProps = (row, meta, joined, ...rest) => {
    const keys = joined.flatMap(({ field }): [string, unknown][] => {
      const [name = ''] = field.split(':');
      const prop = meta.properties[name];
      return prop !== undefined && isForeignKey(prop) ? [[name, row[name]]] : [];
    });
    map(row, meta, joined, ...rest);
    for (const [name, key] of keys) row[name] ??= key;
  };
  keepInLoaders();
}

let areLoadersChanged = false;

/** Forks have loaders of their own. */
function keepInLoaders(): void {
  if (areLoadersChanged) return;
  areLoadersChanged = true;
  const find = Reflect.get(EntityLoader.prototype, 'findChildren') as FindChildren;
  const own: FindChildren = function findChildren(
    this: EntityLoader,
    entities,
    prop,
    hint,
    options,
    ...rest
  ) {
    const [first] = entities;
    const em = first && ownerOf(first);
    const isOne = isForeignKey(prop) || prop.kind === ReferenceKind.ONE_TO_ONE;
    const isKept = isOne && em !== undefined && keeping.has(em.getDriver());
    // Under a condition MikroORM leaves a reference whose target is not found; this one is none.
    const where = isKept && Utils.isEmpty(options['where']) ? { [prop.name]: undefined } : options['where'];
    return Reflect.apply(find, this, [entities, prop, hint, { ...options, where }, ...rest]);
  };
  Reflect.set(EntityLoader.prototype, 'findChildren', own);
}
