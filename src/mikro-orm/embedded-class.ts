import { type EntityMetadata, type EntityProperty, ReferenceKind } from '@mikro-orm/core';

/** Whether a value can be an embedded object: one of the class, or a plain one that stands for it. */
export function isPartOf(prop: EntityProperty, value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return isPlain(value) || isOfClass(prop, value);
}

/** Whether a value is an embedded object as a row brings it: of the class, and so are those in it. */
export function isAsRead(prop: EntityProperty, value: unknown): boolean {
  if (value === null) return true;
  return (
    isOfClass(prop, value) &&
    embeddedIn(prop).every(([name, inner]) => {
      const part: unknown = Reflect.get(value as object, name);
      return part === undefined || inner.array === true || isAsRead(inner, part);
    })
  );
}

/** Makes plain objects that were assigned to an embedded property objects of its class, as those are that a row brings. */
export function adoptPlain(prop: EntityProperty, value: unknown): void {
  if (Array.isArray(value)) {
    if (prop.array === true) for (const item of value) adoptPlain(prop, item);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  const [target, other] = classesOf(prop);
  if (target === undefined || other !== undefined || !(isPlain(value) || isOfClass(prop, value))) return;
  if (isPlain(value) && Object.isExtensible(value)) Object.setPrototypeOf(value, target.prototype as object);
  for (const [name, inner] of embeddedIn(prop)) adoptPlain(inner, Reflect.get(value, name));
}

function isOfClass(prop: EntityProperty, value: unknown): boolean {
  const classes = classesOf(prop);
  return classes.length === 0 || classes.some(({ class: type }) => value instanceof type);
}

/** The embedded properties of an embedded object, by their names there. */
function embeddedIn({ embeddedProps }: EntityProperty): [string, EntityProperty][] {
  return Object.entries(embeddedProps).filter(([, { kind }]) => kind === ReferenceKind.EMBEDDED);
}

function classesOf({ targetMeta }: EntityProperty): readonly EntityMetadata[] {
  return targetMeta === undefined ? [] : (targetMeta.polymorphs ?? [targetMeta]);
}

function isPlain(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
