import { type EntityMetadata, type EntityProperty, ReferenceKind } from '@mikro-orm/core';

/** The names under which a row has a field: an embedded object may have a column for each of its own. */
export function columnsOf(meta: EntityMetadata, { name, kind, object }: EntityProperty): string[] {
  if (kind !== ReferenceKind.EMBEDDED || object === true) return [name];
  return meta.props.flatMap(prop => (prop.embedded?.[0] === name ? columnsOf(meta, prop) : []));
}

/** The fields that these are, or are parts of: an embedded object is read as a whole. */
export function wholeFields(meta: EntityMetadata, names: Iterable<string>): Set<EntityProperty> {
  const whole = (name: string): EntityProperty => {
    const prop = Reflect.get(meta.properties, name);
    return prop.embedded === undefined ? prop : whole(prop.embedded[0]);
  };
  return new Set([...names].filter(name => Object.hasOwn(meta.properties, name)).map(whole));
}
