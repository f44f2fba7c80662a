import { type EntityProperty, helper } from '@mikro-orm/core';
import { setPastSetter } from './entity-state.ts';
import type { SqlEm } from './orm.ts';

/** The parts of keys that were emptied, of entities whose rows are being read. */
const emptied = new WeakMap<object, readonly string[]>();

/** Gives an entity the key of its row while that is read, where the key was emptied: MikroORM reads none without a key. */
export function fillKey(em: SqlEm, entity: object): void {
  const { __meta: meta, __originalEntityData: row } = helper(entity);
  const names = meta.primaryKeys.filter(name => Reflect.get(entity, name) == null);
  if (row === undefined || names.length === 0) return;
  emptied.set(entity, names);
  for (const name of names) {
    const { targetMeta } = Reflect.get(meta.properties, name) as EntityProperty;
    const key: unknown = Reflect.get(row, name);
    setKeyPart(entity, name, targetMeta === undefined ? key : em.getReference(targetMeta.class, key));
  }
}

/** Empties the key again. */
export function emptyKey(entity: object): void {
  for (const name of emptied.get(entity) ?? []) setKeyPart(entity, name, null);
  emptied.delete(entity);
}

/** Past the setter of a relation; other keys are plain properties. */
function setKeyPart(entity: object, name: string, value: unknown): void {
  if (Object.getOwnPropertyDescriptor(entity, name)?.set === undefined) Reflect.set(entity, name, value);
  else setPastSetter(entity, name, value);
}
