import { collectionsOf, restoreCollections, snapshotCollection } from '../mikro-orm/collections.ts';
import { hasRow } from '../mikro-orm/entity-state.ts';
import { entitiesIn, evict } from '../mikro-orm/identity-map.ts';
import type { SqlEm } from '../mikro-orm/orm.ts';
import { removedEntities, snapshotStaged } from '../mikro-orm/staged.ts';
import { newEntities } from './cascade.ts';
import { forgetInverse } from './discard-staged.ts';
import { keepStagedFields, type StagedFields, stagedFieldsIn } from './staged-fields.ts';

/** What an EntityManager had, and what of it was staged, at one time. */
export interface KeptStaging {
  /** The entities that it had. */
  readonly own: ReadonlySet<object>;
  readonly staged: StagedFields;
  /** Stages exactly what was staged then: what others have changed since is as it was, and what they have made is let go. */
  readonly restore: () => void;
}

export function keepStaging(em: SqlEm): KeptStaging {
  const restoreStaged = snapshotStaged(em);
  const staged = stagedFieldsIn(em);
  const restoreFields = keepStagedFields(em, staged);
  const own = new Set([...newEntities(em), ...entitiesIn(em), ...removedEntities(em)]);
  const lists = [...own].flatMap(collectionsOf).filter(list => list.isDirty() || !hasRow(list.owner));
  const stagedLists = lists.map(snapshotCollection);
  return {
    own,
    staged,
    restore() {
      restoreStaged();
      restoreFields();
      const added = newEntities(em).filter(entity => !own.has(entity));
      for (const entity of added) evict(em, entity);
      forgetInverse(em, new Set(added));
      restoreCollections(stagedLists, 'before');
    },
  };
}
