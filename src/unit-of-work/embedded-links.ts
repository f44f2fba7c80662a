import { embeddedTargets, emptyEmbedded, hasEmbeddedTargets } from '../mikro-orm/embedded-targets.ts';
import { entitiesIn } from '../mikro-orm/identity-map.ts';
import type { SqlEm } from '../mikro-orm/orm.ts';
import { isRemoved, persistedEntities, removedEntities } from '../mikro-orm/staged.ts';

/** What referred to an object from within an embedded one as its removal was staged. */
const referred = new WeakMap<object, WeakSet<object>>();

/** Notes what refers to an object that is to be removed from within an embedded one. */
export function noteHolders(em: SqlEm, entity: object): void {
  if (!hasEmbeddedTargets(em)) return;
  const holders = new WeakSet<object>();
  for (const [holder, target] of links(em)) if (target === entity) holders.add(holder);
  referred.set(entity, holders);
}

/**
 * The objects to be removed that an embedded object of something which stays was assigned since. Nothing tells of that, as it
 * does of an assignment to a relation, which takes back a removal at once.
 */
export function keptInside(em: SqlEm): ReadonlySet<object> {
  const kept = new Set<object>();
  for (const [holder, target] of links(em))
    if (isRemoved(em, target) && !isRemoved(em, holder) && referred.get(target)?.has(holder) === false)
      kept.add(target);
  return kept;
}

/**
 * Empties what refers from within an embedded object to something that is removed, as the database does with a column: it
 * would be inserted again.
 *
 * @returns what puts it back
 */
export function emptyInside(em: SqlEm): () => void {
  const going = new Set(hasEmbeddedTargets(em) ? removedEntities(em) : []);
  const emptied = going.size === 0 ? [] : holdersIn(em).filter(one => !going.has(one));
  const putBack = emptied.map(holder => emptyEmbedded(holder, going));
  return () => {
    for (const one of putBack) one();
  };
}

/** What refers to something from within an embedded object. */
function* links(em: SqlEm): Iterable<readonly [holder: object, target: object]> {
  for (const holder of holdersIn(em)) for (const target of embeddedTargets(holder)) yield [holder, target];
}

function holdersIn(em: SqlEm): object[] {
  if (!hasEmbeddedTargets(em)) return [];
  return [...new Set([...persistedEntities(em), ...entitiesIn(em)])];
}
