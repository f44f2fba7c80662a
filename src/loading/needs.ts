import type { Collection } from '@mikro-orm/core';
import { metaOf } from '../mikro-orm/entity-state.ts';

/** What has to be loaded, for many objects at once. */
export class Needs {
  readonly entities = new Set<object>();
  /** Entities that a function asks for: it is shown what there is of one whose row is gone. */
  readonly besides = new Set<object>();
  readonly collections = new Set<Collection<object>>();
  /** The objects that lack a lazy field, or the other side of a one-to-one relation, by their class and its name. */
  readonly #fields = new Map<string, { readonly name: string; readonly entities: Set<object> }>();
  /** Whether more may be needed once all this is loaded. */
  leadsOn = false;

  get isEmpty(): boolean {
    return this.entities.size + this.besides.size + this.collections.size + this.#fields.size === 0;
  }

  get fields(): Iterable<{ readonly name: string; readonly entities: ReadonlySet<object> }> {
    return this.#fields.values();
  }

  addField(entity: object, name: string): void {
    const key = `${metaOf(entity).className}.${name}`;
    const group = this.#fields.get(key) ?? { name, entities: new Set() };
    group.entities.add(entity);
    this.#fields.set(key, group);
  }
}
