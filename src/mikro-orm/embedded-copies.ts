import { type EntityProperty, helper, ReferenceKind } from '@mikro-orm/core';
import { perClass } from './per-class.ts';

/**
 * Copies of the embedded objects of an entity, by the names of its properties; undefined for a class without any. MikroORM fills
 * an embedded object in place when its row is read again, so that what it held before is nowhere else.
 */
export function copyEmbedded(entity: object): Readonly<Record<string, unknown>> | undefined {
  const { __data: data, __meta: meta } = helper(entity);
  const props = embeddedIn(meta);
  if (props.length === 0) return undefined;
  return Object.fromEntries(
    props
      .filter(({ name }) => name in data)
      .map((prop): [string, unknown] => [prop.name, copy(prop, Reflect.get(data, prop.name))]),
  );
}

const embeddedIn = perClass((meta): readonly EntityProperty[] => meta.props.filter(isEmbedded));

function isEmbedded({ kind, embedded }: EntityProperty): boolean {
  return kind === ReferenceKind.EMBEDDED && embedded === undefined;
}

/** What is in fields is replaced, and not changed, by a row that is read. */
function copy(prop: EntityProperty, value: unknown): unknown {
  if (Array.isArray(value)) return value.map(each => copy(prop, each));
  if (typeof value !== 'object' || value === null) return value;
  const copied = Object.assign(Object.create(Object.getPrototypeOf(value) as object) as object, value);
  for (const [name, inner] of Object.entries(prop.embeddedProps ?? {}))
    if (inner.kind === ReferenceKind.EMBEDDED)
      Reflect.set(copied, name, copy(inner, Reflect.get(value, name)));
  return copied;
}
