import { changedFields } from '../mikro-orm/changed-fields.ts';
import { wholeFields } from '../mikro-orm/embedded-columns.ts';
import { metaOf } from '../mikro-orm/entity-state.ts';
import type { SqlEm } from '../mikro-orm/orm.ts';
import { revert } from '../mikro-orm/revert.ts';
import { dirtyEntities } from './changes.ts';

/**
 * Remembers which fields of what has a row are staged, and what they hold.
 *
 * @returns stages exactly these again: all other fields are as they were when last read
 */
export function keepStagedFields(em: SqlEm): () => void {
  const staged = new Map(dirtyEntities(em).map(entity => [entity, stagedFields(em, entity)]));
  return () => {
    for (const entity of new Set([...staged.keys(), ...dirtyEntities(em)])) {
      const fields = staged.get(entity) ?? new Map<string, unknown>();
      revert(em, entity, fields.keys());
      for (const [name, value] of fields)
        if (Reflect.get(entity, name) !== value) Reflect.set(entity, name, value);
    }
  };
}

function stagedFields(em: SqlEm, entity: object): Map<string, unknown> {
  const props = wholeFields(metaOf(entity), changedFields(em, entity));
  return new Map([...props].map(({ name }) => [name, Reflect.get(entity, name) as unknown]));
}
