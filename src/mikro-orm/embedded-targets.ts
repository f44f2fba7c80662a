import { Cascade, type EntityMetadata, type EntityProperty, Reference, ReferenceKind } from '@mikro-orm/core';
import { isEntity, metaOf } from './entity-state.ts';

const holding = new WeakMap<EntityMetadata, readonly EntityProperty[]>();

/** What the embedded objects of an entity refer to, and MikroORM persists with it. */
export function embeddedTargets(entity: object): readonly object[] {
  const meta = metaOf(entity);
  let props = holding.get(meta);
  if (props === undefined) {
    props = meta.props.filter(prop => prop.embedded === undefined && leadsOut(prop));
    holding.set(meta, props);
  }
  if (props.length === 0) return NONE;
  const found: object[] = [];
  for (const prop of props) collect(prop, Reflect.get(entity, prop.name), found);
  return found;
}

const NONE: readonly object[] = [];

/** Whether there can be a relation in an embedded object, or in one that is in it, which may be of its own class. */
function leadsOut(prop: EntityProperty, outer: readonly unknown[] = []): boolean {
  if (prop.kind !== ReferenceKind.EMBEDDED || outer.includes(prop.targetMeta)) return false;
  return Object.values(prop.embeddedProps).some(
    inner => isPersisted(inner) || leadsOut(inner, [...outer, prop.targetMeta]),
  );
}

function isPersisted({ kind, cascade }: EntityProperty): boolean {
  const isToOne = kind === ReferenceKind.MANY_TO_ONE || kind === ReferenceKind.ONE_TO_ONE;
  return isToOne && cascade?.some(each => each === Cascade.PERSIST || each === Cascade.ALL);
}

function collect(prop: EntityProperty, value: unknown, found: object[]): void {
  if (Array.isArray(value)) for (const item of value) collect(prop, item, found);
  else if (typeof value === 'object' && value !== null)
    for (const [name, inner] of Object.entries(prop.embeddedProps)) {
      const held: unknown = Reflect.get(value, name);
      const target: unknown = isPersisted(inner) ? Reference.unwrapReference(held as object) : undefined;
      if (isEntity(target)) found.push(target);
      else if (inner.kind === ReferenceKind.EMBEDDED) collect(inner, held, found);
    }
}
