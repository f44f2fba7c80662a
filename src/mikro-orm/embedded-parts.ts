import {
  type EntityFactory,
  type EntityMetadata,
  type EntityProperty,
  helper,
  ReferenceKind,
} from '@mikro-orm/core';
import type { SqlEm } from './orm.ts';

type Data = Record<string, unknown>;
type Hydrate = (this: EntityFactory, entity: object, meta: EntityMetadata, ...rest: [Data, object]) => void;

/**
 * Takes out of embedded objects what their row no longer has. MikroORM reads JSON into the object that is there, and leaves what
 * the JSON lacks; the next flush would write it again.
 */
export function readEmbeddedWhole(em: SqlEm): void {
  const factory = em.getEntityFactory();
  const hydrate = Reflect.get(factory, 'hydrate') as Hydrate;
  Reflect.set(factory, 'hydrate', function (this: EntityFactory, ...[entity, meta, data, options]) {
    forgetLostParts(entity, meta, data);
    hydrate.call(this, entity, meta, data, options);
  } satisfies Hydrate);
}

/** @param data what is about to be read into the entity */
export function forgetLostParts(entity: object, meta: EntityMetadata, data: Data): void {
  for (const prop of partsOf(meta)) {
    const given = data[prop.name];
    const present = given == null ? undefined : heldAt(entity, meta, prop);
    if (present == null) continue;
    const holder =
      prop.embedded === undefined ? helper(entity).__data : heldAt(entity, meta, outerOf(meta, prop));
    forget(holder as Data, prop, typeof given === 'string' ? (JSON.parse(given) as unknown) : given);
  }
}

/** An object of several possible classes is read anew, as the row may have another class now. */
function forget(holder: Data, prop: EntityProperty, given: unknown): void {
  const name = prop.embedded?.[1] ?? prop.name;
  const present = holder[name];
  if (!isObject(present) || !isObject(given)) return;
  if (prop.targetMeta?.polymorphs) {
    delete holder[name];
    return;
  }
  for (const inner of Object.values(prop.embeddedProps)) {
    const part = inner.embedded?.[1] ?? inner.name;
    if (!(part in given)) delete present[part];
    else if (inner.kind === ReferenceKind.EMBEDDED && inner.array !== true)
      forget(present, inner, given[part]);
  }
}

const parts = new WeakMap<EntityMetadata, readonly EntityProperty[]>();

/** The embedded objects that are JSON in a column of their own. */
function partsOf(meta: EntityMetadata): readonly EntityProperty[] {
  let known = parts.get(meta);
  if (known === undefined) {
    known = meta.props.filter(
      prop => isJson(prop) && (prop.embedded === undefined || !isJson(outerOf(meta, prop))),
    );
    parts.set(meta, known);
  }
  return known;
}

function isJson({ kind, object, array }: EntityProperty): boolean {
  return kind === ReferenceKind.EMBEDDED && object === true && array !== true;
}

function outerOf(meta: EntityMetadata, { embedded }: EntityProperty): EntityProperty {
  return Reflect.get(meta.properties, embedded?.[0] ?? '');
}

function heldAt(entity: object, meta: EntityMetadata, prop: EntityProperty): unknown {
  if (prop.embedded === undefined) return Reflect.get(helper(entity).__data, prop.name);
  const holder = heldAt(entity, meta, outerOf(meta, prop));
  return isObject(holder) ? holder[prop.embedded[1]] : undefined;
}

function isObject(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
