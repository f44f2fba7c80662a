import type { EntityMetadata, EntityProperty } from '@mikro-orm/core';
import { isForeignKey } from '../mikro-orm/class-tables.ts';
import { heldBy } from '../mikro-orm/embedded-targets.ts';
import { hasRow, metaOf, rowSnapshotOf, shownKeyOf } from '../mikro-orm/entity-state.ts';
import { doorOf } from '../mikro-orm/identity-door.ts';
import { nameOfProperty } from '../entity/values/values.ts';
import type { SqlEm } from '../mikro-orm/orm.ts';
import { referringProperties } from '../mikro-orm/referrers.ts';
import type { AttemptedWrites } from './attempted-writes.ts';

/** No database says which object broke a foreign key, so this looks for a missing row, and for one that still refers. */
export async function brokenReference(em: SqlEm, writes: AttemptedWrites): Promise<string | undefined> {
  const written: object[] = [];
  const fresh: object[] = [];
  const removed = new Set<object>();
  for (const [entity, change] of writes.written()) {
    if (change === 'removed') removed.add(entity);
    else written.push(entity);
    if (change === 'new') fresh.push(entity);
  }
  return (
    (await missingTarget(em, written, removed)) ??
    (await lastingReferrer(em, removed)) ??
    (await heldKey(em, written, fresh, writes))
  );
}

async function missingTarget(
  em: SqlEm,
  written: readonly object[],
  removed: ReadonlySet<object>,
): Promise<string | undefined> {
  const fresh = new Set(written);
  for (const entity of written) {
    const meta = metaOf(entity);
    for (const prop of meta.relations) {
      const target: unknown = heldBy(entity, prop);
      if (!isOwner(prop) || prop.targetMeta === undefined) continue;
      if (typeof target !== 'object' || target === null || fresh.has(target)) continue;
      if (removed.has(target) || (await count(em, prop.targetMeta, keyOf(target))) === 0) {
        const name = nameOfProperty(meta, prop.name);
        return `${prop.targetMeta.className} ${shownKeyOf(target)} is not in the database, and ${name} refers to it`;
      }
    }
  }
  return undefined;
}

async function lastingReferrer(em: SqlEm, removed: ReadonlySet<object>): Promise<string | undefined> {
  for (const entity of removed) {
    const meta = metaOf(entity);
    // What the database empties or deletes keeps nothing.
    const keeping = referringProperties(meta).toSorted((one, two) => follows(one.prop) - follows(two.prop));
    for (const { meta: other, prop } of keeping) {
      if (!isOwner(prop)) continue;
      const alsoRemoved = [...removed].filter(item => metaOf(item) === other).map(keyOf);
      const key = keyOf(entity);
      if ((await count(em, other, without(alsoRemoved, { [prop.name]: key }))) > 0) {
        return `${meta.className} ${shownKeyOf(entity)} cannot be removed: ${nameOfProperty(other, prop.name)} still refers to it`;
      }
    }
  }
  return undefined;
}

/** The database does not let a row have another key while others refer to the one that it has. */
async function heldKey(
  em: SqlEm,
  written: readonly object[],
  fresh: readonly object[],
  writes: AttemptedWrites,
): Promise<string | undefined> {
  for (const entity of written) {
    const meta = metaOf(entity);
    const fields = writes.fieldsOf?.(entity) ?? [];
    // MikroORM may have taken it out of the object, to write it later.
    const isMoving = doorOf(em).isMoving(entity) || meta.primaryKeys.some(name => fields.includes(name));
    if (!hasRow(entity) || !isMoving) continue;
    const change = `The key of ${meta.className} ${shownKeyOf(entity)} cannot change`;
    for (const { meta: other, prop } of referringProperties(meta)) {
      if (!isOwner(prop) || prop.updateRule === 'cascade') continue;
      const isLeaving = (one: object) => metaOf(one) === other && heldBy(one, prop) !== entity;
      const leaving = written.filter(isLeaving).map(keyOf);
      if ((await count(em, other, without(leaving, { [prop.name]: keyOf(entity) }))) > 0)
        return `${change}: ${nameOfProperty(other, prop.name)} refers to it, and has no updateRule('cascade')`;
    }
    for (const referrer of fresh)
      for (const prop of metaOf(referrer).relations.filter(isOwner))
        if (heldBy(referrer, prop) === entity)
          return `${change} together with a new ${metaOf(referrer).className} that refers to it: flush() in between`;
  }
  return undefined;
}

/** The condition, for all but these rows. */
function without(keys: readonly object[], where: object): object {
  return keys.length > 0 ? { ...where, $not: { $or: keys } } : where;
}

function follows({ deleteRule }: EntityProperty): number {
  return deleteRule === 'set null' || deleteRule === 'cascade' ? 1 : 0;
}

function isOwner(prop: EntityProperty): boolean {
  return isForeignKey(prop) && !prop.mapToPk;
}

function keyOf(entity: object): object {
  const keys = rowSnapshotOf(entity) ?? entity;
  return Object.fromEntries(
    metaOf(entity).primaryKeys.map(name => [name, Reflect.get(keys, name) as unknown]),
  );
}

/** Counts in a fork, as the session's own unit of work is in the middle of a failure. */
async function count(em: SqlEm, meta: EntityMetadata | undefined, where: object): Promise<number> {
  if (meta === undefined) return 1;
  return em.fork({ keepTransactionContext: true }).count(meta.class, where, { filters: false });
}
