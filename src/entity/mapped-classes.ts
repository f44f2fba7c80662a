import { Collection, type EntityClass, type EntityMetadata } from '@mikro-orm/core';
import { types } from 'node:util';

/** What a value is to a session. Looks at its prototype alone, as reading a property could run a getter of its class. */
export class MappedClasses {
  readonly #classes: ReadonlySet<unknown>;
  readonly #prototypes: ReadonlySet<unknown>;

  constructor(metadata: Iterable<EntityMetadata>) {
    const entities = [...metadata].filter(meta => !meta.embeddable);
    this.#classes = new Set<unknown>(entities.map(meta => meta.class));
    this.#prototypes = new Set<unknown>(entities.map(meta => meta.prototype));
  }

  isEntityClass(value: unknown): value is EntityClass<object> {
    return this.#classes.has(value);
  }

  isEntity(value: unknown): value is object {
    return this.#prototypes.has(prototypeOf(value));
  }

  isCollection(value: unknown): value is Collection<object> {
    return prototypeOf(value) === Collection.prototype;
  }
}

function prototypeOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || types.isProxy(value)) return undefined;
  return Object.getPrototypeOf(value);
}
