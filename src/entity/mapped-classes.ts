import { Collection, type EntityClass, type EntityMetadata } from '@mikro-orm/core';
import { types } from 'node:util';

/** What a value is to a session. Looks at its prototype alone, as reading a property could run a getter of its class. */
export class MappedClasses {
  readonly #classes: ReadonlySet<unknown>;
  readonly #prototypes: ReadonlySet<unknown>;
  readonly #all: ReadonlyMap<unknown, EntityMetadata>;

  constructor(metadata: Iterable<EntityMetadata>) {
    const all = [...metadata];
    const entities = all.filter(meta => !meta.embeddable);
    this.#all = new Map(all.flatMap(meta => [meta.class, meta.prototype].map(key => [key, meta] as const)));
    this.#classes = new Set<unknown>(entities.map(meta => meta.class));
    this.#prototypes = new Set<unknown>(entities.map(meta => meta.prototype));
  }

  isEntityClass(value: unknown): value is EntityClass<object> {
    return this.#classes.has(value);
  }

  isEntity(value: unknown): value is object {
    return this.#prototypes.has(prototypeOf(value));
  }

  /** The metadata of a class of entities or of embedded objects, of an object of one, or of the items of a collection. */
  metadataOf(value: unknown): EntityMetadata | undefined {
    if (!this.isCollection(value)) return this.#all.get(value) ?? this.#all.get(prototypeOf(value));
    try {
      return this.#all.get(value.property.targetMeta?.class);
    } catch {
      // It belongs to no property yet.
      return undefined;
    }
  }

  isCollection(value: unknown): value is Collection<object> {
    return prototypeOf(value) === Collection.prototype;
  }
}

function prototypeOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || types.isProxy(value)) return undefined;
  return Object.getPrototypeOf(value);
}
