import type { EntityClass, EntityMetadata } from '@mikro-orm/core';

/** What is said of an entity in a list of them. */
export interface EntitySummary {
  readonly name: string;
  /** The table or view that its rows come from; undefined for an entity that is an expression. */
  readonly table: string | undefined;
  /** The root of its table, where several entities share one. */
  readonly root: string | undefined;
  readonly properties: number;
}

type Classes = Readonly<Record<string, EntityClass<object>>>;

/** The entities that can be queried, by name: not those that are only there to be extended or embedded. */
export function entityClasses(metadata: readonly EntityMetadata[]): Classes {
  return byName(metadata.filter(isQueryable));
}

/** The classes of values that entities embed. */
export function embeddableClasses(metadata: readonly EntityMetadata[]): Classes {
  return byName(metadata.filter(meta => meta.embeddable && !meta.abstract));
}

/** One line for each entity, in alphabetical order. */
export function summarize(metadata: readonly EntityMetadata[]): EntitySummary[] {
  return metadata
    .filter(isQueryable)
    .map(meta => ({
      name: meta.className,
      table: meta.virtual ? undefined : meta.schema ? `${meta.schema}.${meta.collection}` : meta.collection,
      root: meta.root === meta ? undefined : meta.root.className,
      // The properties of what is embedded count as the one that embeds it.
      properties: meta.props.filter(prop => !prop.embedded).length,
    }))
    .toSorted((a, b) => a.name.localeCompare(b.name));
}

/** The abstract root of a table that its children share is queried for all of them. */
function isQueryable(meta: EntityMetadata): boolean {
  if (meta.embeddable || meta.pivotTable) return false;
  return !meta.abstract || meta.discriminatorColumn !== undefined;
}

function byName(metadata: readonly EntityMetadata[]): Classes {
  return Object.fromEntries(metadata.map(meta => [meta.className, meta.class as EntityClass<object>]));
}
