import { changedFields } from '../mikro-orm/changed-fields.ts';
import { wholeFields } from '../mikro-orm/embedded-columns.ts';
import { metaOf } from '../mikro-orm/entity-state.ts';
import { fieldsOf, keepFields } from '../mikro-orm/kept-values.ts';
import type { SqlEm } from '../mikro-orm/orm.ts';
import { revert } from '../mikro-orm/revert.ts';
import { newEntities } from './cascade.ts';
import { dirtyEntities } from './changes.ts';

/** The names of the staged fields of what has a row. */
export type StagedFields = ReadonlyMap<object, readonly string[]>;

export function stagedFieldsIn(em: SqlEm): StagedFields {
  return new Map(dirtyEntities(em).map(entity => [entity, changedFieldsOf(em, entity)]));
}

/**
 * Remembers what the staged fields of what has a row hold, and all that new objects hold.
 *
 * @returns stages exactly these again: all other fields are as they were when last read
 */
export function keepStagedFields(em: SqlEm, fields: StagedFields): () => void {
  const fresh = newEntities(em).map(entity => keepFields(entity, fieldsOf(entity)));
  const staged = new Map(
    Array.from(fields, ([entity, names]) => [entity, { names, putBack: keepFields(entity, names) }]),
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

/** The names of the fields of an entity that differ from its row, those that a part of differs included. */
export function changedFieldsOf(em: SqlEm, entity: object): string[] {
  return [...wholeFields(metaOf(entity), changedFields(em, entity))].map(({ name }) => name);
}
