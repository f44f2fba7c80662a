import { Collection, type EntityProperty, helper, Reference } from '@mikro-orm/core';
import type { SqlEm } from '../mikro-orm/orm.ts';
import { MikroscopeError } from '../errors.ts';
import { type CollectionSnapshot, snapshotCollection, restoreCollections } from './state-snapshot.ts';
import { Referrers } from './referrers.ts';

/** Makes a detached entity the session's again. */
export function attach(em: SqlEm, entity: object): void {
  const wrapped = helper(entity);
  const map = em.getUnitOfWork().getIdentityMap();
  const twin = map.getByEntity(entity);
  if (twin !== undefined && twin !== entity) {
    const name = `${wrapped.__meta.className} ${String(wrapped.getSerializedPrimaryKey())}`;
    throw new MikroscopeError(
      'BadArgument',
      `The session has another object for ${name}`,
      'merge() copies this one onto it.',
    );
  }
  wrapped.__em = em;
  wrapped.__managed = true;
  map.store(entity);
}

/** @throws MikroscopeError `BadArgument` for what another session, or a fork of this one, looks after */
export function assertOwn(em: SqlEm, entity: object): void {
  const { __em: owner, __meta: meta } = helper(entity);
  if (owner === undefined || owner === em) return;
  throw new MikroscopeError(
    'BadArgument',
    `This ${meta.className} belongs to another session or EntityManager`,
    'merge() gives its twin in this one.',
  );
}

/** Takes an entity out of the unit of work, staged or not. It keeps what it has. */
export function expunge(em: SqlEm, entity: object): void {
  const uow = em.getUnitOfWork();
  const wrapped = helper(entity);
  if (wrapped.hasPrimaryKey()) uow.getIdentityMap().delete(entity);
  for (const stack of [uow.getPersistStack(), uow.getRemoveStack(), uow.getOrphanRemoveStack()])
    stack.delete(entity);
  wrapped.__managed = false;
  delete wrapped.__em;
}

/** Takes a new entity off the stage, and out of whatever stays there: a flush would bring it back through that. */
export function expungeNew(em: SqlEm, left: object): void {
  const referrers = new Referrers(em, [left]);
  expunge(em, left);
  for (const { meta, prop } of helper(left).__meta.referencingProperties) {
    for (const referrer of referrers.in(left, meta).values()) {
      const value: unknown = Reflect.get(referrer, prop.name);
      if (value instanceof Collection) value.removeWithoutPropagation(left);
      else if (Reference.unwrapReference(value as object) === left) pointAt(referrer, prop, null);
    }
  }
}

/**
 * Lets what stays in the session refer to the row, and no longer to the object that has left: a flush would bring that
 * back through whatever refers to it.
 */
export function replaceReferences(em: SqlEm, left: object): void {
  const { __meta: meta } = helper(left);
  const twin = () => em.getReference(meta.class, helper(left).getPrimaryKey() as never);
  const lists: CollectionSnapshot[] = [];
  for (const { meta: other, prop } of meta.referencingProperties) {
    const store = em.getUnitOfWork().getIdentityMap().getStore(other.root);
    for (const referrer of [...store.values()] as object[]) {
      const value: unknown = Reference.unwrapReference(Reflect.get(referrer, prop.name));
      if (value === left) pointAt(referrer, prop, twin());
      else if (value instanceof Collection && value.contains(left, false))
        lists.push(exchanged(snapshotCollection(value as Collection<object>), left, twin()));
    }
  }
  restoreCollections(lists, 'before');
}

/** Past the setter, which would change the lists of the one that has left. */
function pointAt(referrer: object, prop: EntityProperty, target: object | null): void {
  const value = target && Reference.wrapReference(target, prop as never);
  const isTracked = Object.getOwnPropertyDescriptor(referrer, prop.name)?.get !== undefined;
  if (isTracked) helper(referrer).__data[prop.name] = value;
  else Reflect.set(referrer, prop.name, value);
}

function exchanged(memory: CollectionSnapshot, from: object, to: object): CollectionSnapshot {
  const exchange = (all: readonly object[]) => all.map(one => (one === from ? to : one));
  return { ...memory, items: exchange(memory.items), snapshot: exchange(memory.snapshot) };
}

/** Why an entity cannot be removed: there is no row of it. */
export function notInDatabase(em: SqlEm, entity: object): MikroscopeError {
  const { className } = helper(entity).__meta;
  return em.getUnitOfWork().getPersistStack().has(entity)
    ? new MikroscopeError(
        'BadArgument',
        `This ${className} is not in the database yet`,
        'expunge() takes it off the stage.',
      )
    : new MikroscopeError(
        'BadArgument',
        `This ${className} is not in the database`,
        'Only what was loaded or committed can be removed.',
      );
}
