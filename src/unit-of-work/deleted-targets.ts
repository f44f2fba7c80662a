import {
  ChangeSetType,
  type EntityMetadata,
  type EntityProperty,
  Reference,
  type UnitOfWork,
} from '@mikro-orm/core';
import { nameOfProperty } from '../entity/values/values.ts';
import { MikroscopeError } from '../errors.ts';
import { isForeignKey, payloadOf, changesByTable } from '../mikro-orm/class-tables.ts';
import { heldBy } from '../mikro-orm/embedded-targets.ts';
import { metaOf, nameOf } from '../mikro-orm/entity-state.ts';
import { referredByKey } from '../mikro-orm/mapped-keys.ts';
import type { SqlEm } from '../mikro-orm/orm.ts';

/**
 * Lets nothing refer to a row that is deleted before it is written. The database would empty what was written before, or refuse;
 * of what is written then, another row may have the key by then, and be referred to.
 *
 * @throws MikroscopeError `ForeignKeyViolation` where that may not be empty
 */
export function releaseDeleted(em: SqlEm, uow: UnitOfWork): void {
  const changes = uow.getChangeSets();
  const gone = new Set<object>();
  for (const { type, entity } of changes) if (type === ChangeSetType.DELETE_EARLY) gone.add(entity);
  if (gone.size === 0) return;
  for (const change of changes) {
    if (change.type !== ChangeSetType.CREATE && !change.type.startsWith('update')) continue;
    const written = payloadOf(change);
    for (const prop of change.meta.relations) {
      if (!isForeignKey(prop) || !(prop.name in written)) continue;
      const held = heldBy(change.entity, prop);
      const target = referredByKey(em, prop, held);
      if (target === undefined || !gone.has(target)) continue;
      assertEmptied(change.meta, prop, target);
      for (const { payload } of changesByTable(change))
        if (prop.name in payload) Reflect.set(payload, prop.name, null);
    }
  }
  for (const extra of uow.getExtraUpdates()) {
    const [entity, names, values] = extra;
    const emptied = [values].flat().map((value, i): unknown => {
      const target: unknown = Reference.unwrapReference(value as object);
      if (typeof target !== 'object' || target === null || !gone.has(target)) return value;
      const meta = metaOf(entity);
      assertEmptied(meta, meta.properties[[names].flat()[i] as never] as EntityProperty, target);
      return null;
    });
    extra[2] = (Array.isArray(names) ? emptied : emptied[0]) as (typeof extra)[2];
  }
}

function assertEmptied(
  meta: EntityMetadata,
  { name, nullable, deleteRule = 'set null' }: EntityProperty,
  target: object,
): void {
  if (nullable === true && deleteRule === 'set null') return;
  throw new MikroscopeError(
    'ForeignKeyViolation',
    `${nameOf(target)} cannot be removed: ${nameOfProperty(meta, name)} still refers to it`,
  );
}
