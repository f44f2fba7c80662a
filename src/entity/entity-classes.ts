import type { EntityClass, EntityMetadata } from '@mikro-orm/core';

/** An entity in a list of entities. */
export interface EntitySummary {
  readonly name: string;
  /** The table or view that its rows come from; undefined for an entity that is an SQL expression. */
  readonly table: string | undefined;
  /** The class at the root of its table, if several share one and it is not the root. */
  readonly root: string | undefined;
  /** How many properties it has. */
  readonly properties: number;
}

type Classes = Readonly<Record<string, EntityClass<object>>>;

/** The entities that can be queried, by name: not those that are only extended or embedded. */
export function entityClasses(metadata: readonly EntityMetadata[]): Classes {
  return byName(metadata.filter(isQueryable));
}

/** The classes of values that entities embed, by name. */
export function embeddableClasses(metadata: readonly EntityMetadata[]): Classes {
  return byName(metadata.filter(meta => meta.embeddable && !meta.abstract));
}

/** The entities that can be queried, in alphabetical order. */
export function summarize(metadata: readonly EntityMetadata[]): EntitySummary[] {
  return metadata
    .filter(isQueryable)
    .map(meta => ({
      name: meta.className,
      table: meta.virtual ? undefined : meta.schema ? `${meta.schema}.${meta.collection}` : meta.collection,
      root: meta.root === meta ? undefined : meta.root.className,
      // An embedded object counts as one property, and not as its fields.
      properties: meta.props.filter(prop => !prop.embedded).length,
    }))
    .toSorted((a, b) => a.name.localeCompare(b.name));
}

/** An abstract class is queried if its subclasses share its table, and what MikroORM makes of a join table never is. */
function isQueryable(meta: EntityMetadata): boolean {
  const { className, collection } = meta;
  // A class that somebody wrote for a join table has a name of its own.
  if (meta.embeddable || (meta.pivotTable && className.endsWith(collection))) return false;
  return !meta.abstract || meta.discriminatorColumn !== undefined;
}

function byName(metadata: readonly EntityMetadata[]): Classes {
  return Object.fromEntries(metadata.map(meta => [meta.className, meta.class as EntityClass<object>]));
}
