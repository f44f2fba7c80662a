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
  const target = classOf(prop, value);
  if (target === undefined) return;
  if (isPlain(value) && Object.isExtensible(value)) Object.setPrototypeOf(value, target.prototype as object);
  nameClass(prop, value);
  for (const [name, inner] of embeddedIn(prop)) adoptPlain(inner, Reflect.get(value, name));
}

/** Writes the class of an embedded object that may be of several into it, unless it says so: no row could be read without. */
export function nameClass(prop: EntityProperty, value: object): void {
  const { polymorphs, discriminatorColumn } = prop.targetMeta ?? {};
  if (polymorphs === undefined || discriminatorColumn === undefined || isPlain(value)) return;
  const named: unknown = Reflect.get(value, discriminatorColumn);
  if (named == null && Object.isExtensible(value))
    Reflect.set(value, discriminatorColumn, classOf(prop, value)?.discriminatorValue);
}

/** The names of what an embedded object of several possible classes has not, but another one may have. */
export function partsOfOthers(prop: EntityProperty, value: object): string[] {
  if (prop.targetMeta?.polymorphs === undefined) return [];
  const target = classOf(prop, value);
  return target === undefined
    ? []
    : Object.keys(prop.embeddedProps).filter(name => !(name in target.properties));
}

/** Whether an embedded object is of another class than what is to be assigned to it, and so cannot become that. */
export function isOfOther(prop: EntityProperty, held: unknown, given: object): boolean {
  if (prop.targetMeta?.polymorphs === undefined || prop.array === true) return false;
  const type = classOf(prop, given);
  return type !== undefined && (typeof held !== 'object' || held === null || classOf(prop, held) !== type);
}

/** The class of an embedded object, or of a plain one that stands for it. */
export function classOf(prop: EntityProperty, value: object): EntityMetadata | undefined {
  const classes = classesOf(prop);
  const { discriminatorColumn } = prop.targetMeta ?? {};
  if (!isPlain(value)) return classes.find(({ class: type }) => value instanceof type);
  if (classes.length === 1 || discriminatorColumn === undefined) return classes[0];
  return classNamed(prop, Reflect.get(value, discriminatorColumn));
}

/** Which of several possible classes a row names: a name may be a number, and then a text. */
export function classNamed({ targetMeta }: EntityProperty, name: unknown): EntityMetadata | undefined {
  return targetMeta?.polymorphs?.find(({ discriminatorValue: value }) => String(value) === String(name));
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
