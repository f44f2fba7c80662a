import { type ChangeSet, ChangeSetType, helper, isRaw } from '@mikro-orm/core';
import { isDeepStrictEqual } from 'node:util';
import { isSpread, payloadOf } from './class-tables.ts';
import { metaOf } from './entity-state.ts';
import type { SqlEm } from './orm.ts';
import { hasHooks } from './project-hooks.ts';
import { replaceMethod } from './replace-method.ts';

type Changes = readonly ChangeSet<object>[];
type Write = (changes: Changes, ...rest: never[]) => Promise<void>;
type Row = Record<string, unknown>;

/**
 * What hooks and subscribers assign to an object whose change is computed already, and that they are not called for, stays a
 * change. MikroORM does not write it, and takes all that the object holds for what its row holds.
 */
export function keepLateFields(em: SqlEm): void {
  const uow = em.getUnitOfWork();
  const prepare = (entity: object) => em.getComparator().prepareEntity(entity) as Row;
  /** What objects held when their changes were computed. */
  let computed: ReadonlyMap<object, readonly [held: Row, change: ChangeSet<object>]> = new Map();
  /** What rows hold. */
  const written = new Map<object, Row>();
  replaceMethod<() => void>(uow, 'computeChangeSets', compute => () => {
    compute();
    written.clear();
    const changes = hasHooks(em) ? uow.getChangeSets().filter(isTakenForWritten) : [];
    computed = new Map(changes.map(change => [change.entity, [prepare(change.entity), change]]));
  });
  /** What the row will hold of the fields that have been assigned since. */
  const lateIn = (change: ChangeSet<object>): Row => {
    const known = computed.get(change.entity);
    if (known === undefined) return {};
    const [held, whole] = known;
    const now = prepare(change.entity);
    const payload: Row = { ...payloadOf(whole), ...change.payload };
    const row = (change.originalEntity ?? {}) as Row;
    const { primaryKeys, versionProperty } = change.meta;
    const late = differing(em, change.entity, held, now).filter(
      name =>
        name !== versionProperty &&
        !primaryKeys.includes(name as never) &&
        !isRaw(payload[name]) &&
        !isDeepStrictEqual(payload[name], now[name]),
    );
    return Object.fromEntries(late.map(name => [name, name in payload ? payload[name] : row[name]]));
  };
  for (const name of ['executeInserts', 'executeUpdates'])
    replaceMethod<Write>(uow.getChangeSetPersister(), name, write => async (changes, ...rest) => {
      const known = changes.filter(({ entity }) => computed.has(entity));
      const late = known.map(change => [change.entity, lateIn(change)] as const);
      await write(changes, ...rest);
      for (const [entity, fields] of late) written.set(entity, { ...prepare(entity), ...fields });
    });
  for (const name of ['commitCreateChangeSets', 'commitUpdateChangeSets'])
    replaceMethod<Write>(uow, name, commit => async (changes, ...rest) => {
      await commit(changes, ...rest);
      for (const { entity } of changes) {
        const row = written.get(entity);
        if (row !== undefined) takeForWritten(em, entity, row);
        written.delete(entity);
      }
    });
}

/** Has MikroORM take for written what the row holds, and not what the object holds now. */
function takeForWritten(em: SqlEm, entity: object, row: Row): void {
  const wrapped = helper(entity) as { __originalEntityData?: Row };
  const { __originalEntityData: taken } = wrapped;
  if (taken === undefined) return;
  for (const name of differing(em, entity, row, taken))
    if (row[name] === undefined) Reflect.deleteProperty(taken, name);
    else taken[name] = row[name];
}

function differing(em: SqlEm, entity: object, before: Row, now: Row): string[] {
  return Object.keys(em.getComparator().diffEntities(metaOf(entity).class, before, now));
}

/** Of most new rows MikroORM keeps what it wrote. */
function isTakenForWritten({ type, meta }: ChangeSet<object>): boolean {
  return type.startsWith('update') || (type === ChangeSetType.CREATE && isSpread(meta));
}
