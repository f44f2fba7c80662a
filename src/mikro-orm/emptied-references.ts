import { type ChangeSet, type EntityClass, type EntityMetadata, type EntityProperty } from '@mikro-orm/core';
import { MikroscopeError } from '../errors.ts';
import { metaOf, nameOf } from './entity-state.ts';
import type { SqlEm, Tx } from './orm.ts';
import { referringProperties } from './referrers.ts';
import { replaceMethod } from './replace-method.ts';
import { maxKeysPerQuery } from './row-keys.ts';
import { isOneOf, isToSeveral } from './several-classes.ts';

type Persist = (groups: object, ...rest: unknown[]) => Promise<void>;
type Delete = (type: EntityClass<object>, where?: object, options?: DeleteOptions) => Promise<number>;

interface DeleteOptions {
  readonly ctx?: Tx;
  readonly filters?: boolean;
}

/**
 * Empties what refers to a row that a flush or `em.nativeDelete()` deletes, where a column says of which class that is: such a relation has no
 * foreign key, by which a database would do so, or refuse.
 */
export function emptyReferences(em: SqlEm): void {
  const uow = em.getUnitOfWork();
  replaceMethod<Persist>(uow, 'persistToDatabase', persist => async (...args) => {
    await persist(...args);
    await releaseRows(
      em,
      uow
        .getChangeSets()
        .flatMap(({ type, entity }: ChangeSet<object>) => (type.startsWith('delete') ? [entity] : [])),
    );
  });
  const classes = [...em.getMetadata().getAll().values()];
  replaceMethod<Delete>(em, 'nativeDelete', remove => async (type, where = {}, options = {}) => {
    const isOf = ({ class: one }: EntityMetadata) => one === type || one.prototype instanceof type;
    if (!classes.some(meta => isOf(meta) && severalOf(meta).length > 0)) return remove(type, where, options);
    const { filters, ctx: outer = em.getTransactionContext<Tx>() } = options;
    const work = async (ctx: Tx) => {
      const fork = em.fork({ clear: true });
      fork.setTransactionContext(ctx);
      const found = await fork.find(type, where, filters === undefined ? {} : { filters });
      const count = await remove(type, where, { ...options, ctx });
      await releaseRows(fork, found);
      return count;
    };
    return em.getConnection().transactional(work, outer === undefined ? {} : { ctx: outer });
  });
}

/** @throws MikroscopeError `ForeignKeyViolation` where what refers to one of these rows, which are gone, may not be empty */
async function releaseRows(em: SqlEm, gone: readonly object[]): Promise<void> {
  for (const [meta, entities] of Map.groupBy(gone, metaOf))
    for (const several of severalOf(meta))
      for (let i = 0; i < entities.length; i += maxKeysPerQuery)
        await release(em, several, entities.slice(i, i + maxKeysPerQuery));
}

type Referring = EntityMetadata['referencingProperties'][number];

function severalOf(meta: EntityMetadata): Referring[] {
  return referringProperties(meta).filter(({ prop }) => isToSeveral(prop) && isOneOf(prop, meta));
}

async function release(em: SqlEm, { meta, prop }: Referring, gone: readonly object[]): Promise<void> {
  const fork = em.fork({ keepTransactionContext: true, clear: true });
  const where = { [prop.name]: { $in: gone } };
  if (prop.nullable === true) {
    await fork
      .createQueryBuilder(meta.class)
      .update({ [prop.name]: null })
      .where(where)
      .execute();
    return;
  }
  for (const entity of gone) {
    const found = await fork.count(meta.class, { [prop.name]: entity }, { filters: false });
    if (found > 0) throw stillReferredTo(entity, meta, prop);
  }
}

function stillReferredTo(
  entity: object,
  { className }: EntityMetadata,
  { name }: EntityProperty,
): MikroscopeError {
  return new MikroscopeError(
    'ForeignKeyViolation',
    `${nameOf(entity)} cannot be removed: ${className}.${name} still refers to it`,
  );
}
