import {
  type EntityFactory,
  type EntityMetadata,
  type EntityProperty,
  helper,
  type MikroORM,
  ReferenceKind,
} from '@mikro-orm/core';
import { classNamed } from './embedded-class.ts';
import type { SqlEm } from './orm.ts';
import { keepObjects } from './same-objects.ts';

type Data = Record<string, unknown>;
type Hydrate = (this: EntityFactory, entity: object, meta: EntityMetadata, ...rest: [Data, object]) => void;

/**
 * Takes out of embedded objects what their row no longer has. MikroORM reads JSON into the object that is there, and leaves what
 * the JSON lacks; the next flush would write it again. Lists of them it reads into other objects.
 */
export function readEmbeddedWhole(em: SqlEm): void {
  const factory = em.getEntityFactory();
  const hydrate = Reflect.get(factory, 'hydrate') as Hydrate;
  Reflect.set(factory, 'hydrate', function (this: EntityFactory, ...[entity, meta, data, options]) {
    forgetLostParts(entity, meta, data);
    const putBack = keepObjects(em, entity, meta);
    hydrate.call(this, entity, meta, data, options);
    putBack();
  } satisfies Hydrate);
}

/**
 * Lets MikroORM validate no fields of objects in a list, which it takes from the list itself: one that is named as a method of
 * lists would be that. The session has looked at them before.
 */
export function validateNoListParts(orm: MikroORM): void {
  for (const meta of orm.getMetadata().getAll().values())
    meta.validateProps = meta.validateProps.filter(({ embedded }) => {
      const outer = embedded && (Reflect.get(meta.properties, embedded[0]) as EntityProperty | undefined);
      return outer?.array !== true;
    });
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
  for (const prop of severalOf(meta)) forgetOther(entity, meta, prop, data);
}

/** MikroORM reads a row into the object that is there, of whichever class that is. */
function forgetOther(entity: object, meta: EntityMetadata, prop: EntityProperty, data: Data): void {
  const { discriminatorColumn = '' } = prop.targetMeta ?? {};
  const named = data[prop.embeddedProps[discriminatorColumn]?.name ?? ''];
  const present = named == null ? undefined : heldAt(entity, meta, prop);
  const type = classNamed(prop, named)?.class;
  if (!isObject(present) || type === undefined || present instanceof type) return;
  if (prop.embedded === undefined) delete helper(entity).__data[prop.name];
  else delete (heldAt(entity, meta, outerOf(meta, prop)) as Data)[prop.embedded[1]];
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

const several = new WeakMap<EntityMetadata, readonly EntityProperty[]>();

/** The embedded objects with columns that may be of several classes. */
function severalOf(meta: EntityMetadata): readonly EntityProperty[] {
  let known = several.get(meta);
  if (known === undefined) {
    known = meta.props.filter(
      prop =>
        prop.kind === ReferenceKind.EMBEDDED &&
        prop.object !== true &&
        prop.targetMeta?.polymorphs !== undefined,
    );
    several.set(meta, known);
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
