import { type EntityMetadata, type EntityProperty, Reference } from '@mikro-orm/core';
import { isEntity, keyPartsOf } from './entity-state.ts';

/** What is unique together in the rows of a class. */
export interface UniqueGroup {
  readonly names: readonly string[];
  /** The class and the names, as a text. */
  readonly label: string;
}

const groups = new WeakMap<EntityMetadata, readonly UniqueGroup[]>();

/** The key of a class, and what else no two of its rows share. */
export function uniqueGroups(meta: EntityMetadata): readonly UniqueGroup[] {
  let known = groups.get(meta);
  if (known === undefined) {
    const several = meta.uniques.map(({ properties }) =>
      [properties ?? []].flat().map(path => nameAt(meta, path)),
    );
    const all = [
      meta.primaryKeys as readonly string[],
      ...meta.uniqueProps.map(({ name }): string[] => [name]),
      ...several,
    ];
    known = all.flatMap(given => {
      const names = given.filter(name => name !== undefined);
      const isWhole = names.length > 0 && names.length === given.length;
      return isWhole ? [{ names, label: `${meta.root.className}.${names.join()}` }] : [];
    });
    groups.set(meta, known);
  }
  return known;
}

/** The name of a property, of which `home.street` may be the path. */
function nameAt(meta: EntityMetadata, path: string): string | undefined {
  const [first = '', ...parts] = path.split('.');
  let prop: EntityProperty | undefined = Object.hasOwn(meta.properties, first)
    ? Reflect.get(meta.properties, first)
    : undefined;
  for (const part of parts) prop = prop?.embeddedProps[part];
  return prop?.name;
}

/** Unique values as a text, by which they are compared; none for those of a row that has not all of them yet. */
export function uniqueText(values: readonly unknown[]): string | undefined {
  const texts = values.flatMap(partsOf).map(textOf);
  return texts.includes(undefined) ? undefined : texts.join('\n');
}

/** Whether a property is a part of an embedded object, which has its value. */
export function isPart(meta: EntityMetadata, name: string): boolean {
  return Reflect.get(meta.properties, name).embedded !== undefined;
}

/** A reference to a row is the parts of its key. */
function partsOf(given: unknown): readonly unknown[] {
  const value: unknown = Reference.unwrapReference(given as object);
  return [isEntity(value) ? keyPartsOf(value) : value].flat(Infinity);
}

function textOf(value: unknown): string | undefined {
  if (value instanceof Date) return String(value.getTime());
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  const isPlain = ['string', 'number', 'bigint', 'boolean'].includes(typeof value);
  return isPlain ? String(value) : undefined;
}
