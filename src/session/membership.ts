import { helper } from '@mikro-orm/core';
import type { SqlEm } from '../database/orm.ts';
import { MikroscopeError } from '../errors.ts';

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
