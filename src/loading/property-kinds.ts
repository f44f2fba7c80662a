import { type EntityMetadata, type EntityProperty, ReferenceKind } from '@mikro-orm/core';
import { assertProperty } from '../entity/properties.ts';
import { isOfSubclass, namesIn } from '../mikro-orm/subclass-fields.ts';
import { needsItems } from './collection-array.ts';

/** What must be loaded before a property can be read. */
type Kind = 'plain' | 'field' | 'member' | 'computed' | 'lazy' | 'reference' | 'collection' | 'items';

/** How the properties of one class load, worked out once for each name. */
export class PropertyKinds {
  readonly isCollection: boolean;
  readonly #meta: EntityMetadata | undefined;
  readonly #isComputed: (name: string) => boolean;
  readonly #kinds = new Map<string, Kind>();

  /**
   * Without metadata they are those of a collection.
   *
   * @param isComputed whether a getter of the class reads more than its row
   */
  constructor(meta?: EntityMetadata, isComputed: (name: string) => boolean = () => false) {
    this.#meta = meta;
    this.#isComputed = isComputed;
    this.isCollection = meta === undefined;
  }

  loadKindOf(key: PropertyKey): Kind {
    if (this.#meta === undefined) return needsItems(key) ? 'items' : 'plain';
    if (typeof key !== 'string') return 'plain';
    let kind = this.#kinds.get(key);
    if (kind === undefined) {
      kind = classify(this.#meta, key);
      if (kind === 'field' && this.#isComputed(key)) kind = 'computed';
      this.#kinds.set(key, kind);
    }
    return kind;
  }

  /** Whether an object has a property, and not only those of a subclass. */
  has(object: object, key: string): boolean {
    const prop = this.#meta && (Reflect.get(this.#meta.properties, key) as EntityProperty | undefined);
    return (
      key in object && (this.#meta === undefined || prop === undefined || !isOfSubclass(this.#meta, prop))
    );
  }

  /** @throws MikroscopeError `UnknownProperty` about a name that the entity does not have */
  assertKnown(key: string): void {
    if (this.#meta !== undefined) assertProperty(this.#meta.className, key, namesIn(this.#meta));
  }
}

function classify(meta: EntityMetadata, key: string): Kind {
  if (!Object.hasOwn(meta.properties, key)) {
    // A method or a getter of the class may read any field.
    const isMember = key in meta.prototype && key !== 'constructor' && !key.startsWith('__');
    return isMember ? 'member' : 'plain';
  }
  const prop = Reflect.get(meta.properties, key);
  switch (prop.kind) {
    case ReferenceKind.ONE_TO_MANY:
    case ReferenceKind.MANY_TO_MANY:
      return 'collection';
    case ReferenceKind.MANY_TO_ONE:
    case ReferenceKind.ONE_TO_ONE:
      return prop.mapToPk ? 'field' : 'reference';
    default:
      if (prop.primary) return 'plain';
      return prop.lazy ? 'lazy' : 'field';
  }
}
