import { Cascade, type EntityMetadata, type EntityProperty, Reference, ReferenceKind } from '@mikro-orm/core';
import { isEntity, metaOf } from './entity-state.ts';
import type { SqlEm } from './orm.ts';
import { perClass } from './per-class.ts';

/** What an embedded object refers to. */
interface Link {
  readonly part: object;
  readonly prop: EntityProperty;
  readonly name: string;
  readonly target: object;
}

/** What the embedded objects of an entity refer to, and MikroORM persists with it. */
export function embeddedTargets(entity: object): readonly object[] {
  const found = linksIn(entity);
  return found === NONE ? NO_TARGETS : found.map(({ target }) => target);
}

/** What a relation of an entity holds, or that of an embedded object with columns. */
export function heldBy(entity: object, prop: EntityProperty): unknown {
  const path = prop.embedded === undefined ? [prop.name] : pathOf(metaOf(entity), prop);
  let value: unknown = entity;
  for (const name of path) value = value == null ? undefined : Reflect.get(value, name);
  return Reference.unwrapReference(value as object);
}

/** The names that lead to a property, from that of the outermost embedded object on. */
function pathOf(meta: EntityMetadata, prop: EntityProperty): string[] {
  if (prop.embedded === undefined) return [prop.name];
  const [outer, name] = prop.embedded;
  return [...pathOf(meta, Reflect.get(meta.properties, outer)), name];
}

/**
 * Empties what in the embedded objects of an entity refers to one of these, where that may be null.
 *
 * @returns what puts it back
 */
export function emptyEmbedded(entity: object, going: ReadonlySet<object>): () => void {
  const emptied = linksIn(entity).flatMap(({ part, prop, name, target }) => {
    if (!going.has(target) || prop.nullable !== true) return [];
    const held: unknown = Reflect.get(part, name);
    Reflect.set(part, name, null);
    return [() => Reflect.set(part, name, held)];
  });
  return () => {
    for (const putBack of emptied) putBack();
  };
}

/** Whether there are classes with embedded objects that may refer to something, which is seldom. */
export function hasEmbeddedTargets(em: SqlEm): boolean {
  const metadata = em.getMetadata();
  let known = someHold.get(metadata);
  if (known === undefined) {
    known = [...metadata.getAll().values()].some(meta => holdingIn(meta).length > 0);
    someHold.set(metadata, known);
  }
  return known;
}

const someHold = new WeakMap<object, boolean>();

const holdingIn = perClass((meta): readonly EntityProperty[] =>
  meta.props.filter(prop => prop.embedded === undefined && leadsOut(prop)),
);

function linksIn(entity: object): readonly Link[] {
  const props = holdingIn(metaOf(entity));
  if (props.length === 0) return NONE;
  const found: Link[] = [];
  for (const prop of props) collect(prop, Reflect.get(entity, prop.name), found);
  return found;
}

const NONE: readonly Link[] = [];

const NO_TARGETS: readonly object[] = [];

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

function collect(prop: EntityProperty, value: unknown, found: Link[]): void {
  if (Array.isArray(value)) for (const item of value) collect(prop, item, found);
  else if (typeof value === 'object' && value !== null)
    for (const [name, inner] of Object.entries(prop.embeddedProps)) {
      const held: unknown = Reflect.get(value, name);
      const target: unknown = isPersisted(inner) ? Reference.unwrapReference(held as object) : undefined;
      if (isEntity(target)) found.push({ part: value, prop: inner, name, target });
      else if (inner.kind === ReferenceKind.EMBEDDED) collect(inner, held, found);
    }
}
