import { changedFields } from '../mikro-orm/changed-fields.ts';
import { wholeFields } from '../mikro-orm/embedded-columns.ts';
import { metaOf } from '../mikro-orm/entity-state.ts';
import { fieldsOf, keepFields } from '../mikro-orm/kept-values.ts';
import type { SqlEm } from '../mikro-orm/orm.ts';
import { revert } from '../mikro-orm/revert.ts';
import { newEntities } from './cascade.ts';
import { dirtyEntities } from './changes.ts';

/**
 * Remembers which fields of what has a row are staged, and what they hold, and all that new objects hold.
 *
 * @returns stages exactly these again: all other fields are as they were when last read
 */
export function keepStagedFields(em: SqlEm): () => void {
  const fresh = newEntities(em).map(entity => keepFields(entity, fieldsOf(entity)));
  const staged = new Map(
    dirtyEntities(em).map(entity => {
      const names = stagedFields(em, entity);
      return [entity, { names, putBack: keepFields(entity, names) }];
    }),
  );
  return () => {
    for (const entity of new Set([...staged.keys(), ...dirtyEntities(em)])) {
      const { names = [], putBack } = staged.get(entity) ?? {};
      revert(em, entity, names);
      putBack?.();
    }
    for (const putBack of fresh) putBack();
  };
}

function stagedFields(em: SqlEm, entity: object): string[] {
  return [...wholeFields(metaOf(entity), changedFields(em, entity))].map(({ name }) => name);
}
