import { type EntityMetadata, type EntityProperty, Reference } from '@mikro-orm/core';
import { hearsAssigned } from '../mikro-orm/assignment-watch.ts';
import { entitiesOf } from '../mikro-orm/identity-map.ts';
import type { SqlEm } from '../mikro-orm/orm.ts';
import { relationTime } from '../mikro-orm/relation-clock.ts';

/** Entities by what they refer to. */
type Holders = Map<unknown, object[]>;

const found = new WeakMap<SqlEm, { readonly time: number; readonly of: Map<EntityProperty, Holders> }>();

/**
 * What is loaded of a class and refers to an entity by a relation to one, by what it refers to. Many objects that leave one
 * after another take one walk, as what was found is true until a relation is assigned, or something else may run.
 */
export function holdersIn(em: SqlEm, meta: EntityMetadata, prop: EntityProperty): Holders {
  if (!hearsAssigned(meta, prop.name)) return walk(em, meta.root, prop);
  let known = found.get(em);
  if (known?.time !== relationTime()) {
    found.set(em, (known = { time: relationTime(), of: new Map() }));
    queueMicrotask(() => found.delete(em));
  }
  let holders = known.of.get(prop);
  if (holders === undefined) known.of.set(prop, (holders = walk(em, meta.root, prop)));
  return holders;
}

function walk(em: SqlEm, root: EntityMetadata, { name }: EntityProperty): Holders {
  const holders: Holders = new Map();
  for (const entity of entitiesOf(em, root)) {
    const target: unknown = Reference.unwrapReference(Reflect.get(entity, name));
    if (target == null) continue;
    const known = holders.get(target);
    if (known === undefined) holders.set(target, [entity]);
    else known.push(entity);
  }
  return holders;
}
