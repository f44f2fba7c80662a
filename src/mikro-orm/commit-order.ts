import type { ChangeSet, EntityMetadata } from '@mikro-orm/core';
import { changesByTable, foreignKeysOf, hasSpread, isSpread } from './class-tables.ts';
import type { SqlEm } from './orm.ts';

type Groups = Readonly<Record<string, Map<number, ChangeSet<object>[]>>>;

/** One table is written before another: it must, if there are no NULLs in the column that refers to it. */
interface Edge {
  readonly from: EntityMetadata;
  readonly to: EntityMetadata;
  readonly isNeeded: boolean;
}

/**
 * Writes the tables of a class and of its base class in an order in which what a row refers to is there. MikroORM knows of
 * the table of the topmost base class alone, and deletes the rows of each class by themselves.
 */
export function orderClassTables(em: SqlEm): void {
  if (!hasSpread(em)) return;
  const uow = em.getUnitOfWork();
  Reflect.set(uow, 'getCommitOrder', () => commitOrder(uow.getChangeSets()));
  const group = (Reflect.get(uow, 'getChangeSetGroups') as () => Groups).bind(uow);
  Reflect.set(uow, 'getChangeSetGroups', () => {
    const groups = group();
    const order = commitOrder(uow.getChangeSets());
    for (const type of ['delete', 'delete_early']) deleteTogether(groups[type], order);
    return groups;
  });
}

function commitOrder(changes: readonly ChangeSet<object>[]): EntityMetadata[] {
  const metas = changes.flatMap(change =>
    isSpread(change.meta) ? changesByTable(change).map(({ meta }) => meta) : [change.meta.root],
  );
  // MikroORM tells classes apart by this number.
  const left = new Map(metas.map(meta => [meta._id, meta]));
  const edges = [...left.values()].flatMap(meta => edgesTo(meta, left));
  const ordered: EntityMetadata[] = [];
  while (left.size > 0) {
    const waiting = edges.filter(({ from, to }) => left.has(from._id) && left.has(to._id));
    const free = (of: readonly Edge[]) =>
      [...left.values()].find(meta => !of.some(({ to }) => to._id === meta._id));
    const next = free(waiting) ?? free(waiting.filter(({ isNeeded }) => isNeeded)) ?? free([]);
    if (next === undefined) break;
    left.delete(next._id);
    ordered.push(next);
  }
  return ordered;
}

function edgesTo(to: EntityMetadata, all: ReadonlyMap<number, EntityMetadata>): Edge[] {
  const edges: Edge[] = [];
  const add = (from: EntityMetadata | undefined, isNeeded: boolean) => {
    if (from !== undefined && from._id !== to._id && all.has(from._id)) edges.push({ from, to, isNeeded });
  };
  for (const { targetMeta, polymorphTargets, nullable, persist } of foreignKeysOf(to)) {
    const isNeeded = nullable !== true && persist !== false;
    for (const target of polymorphTargets ?? [targetMeta]) {
      if (!isSpread(target)) add(target?.root, isNeeded);
      else if (target?.root === to.root) add(target, isNeeded);
      // Rows of the subclasses are deleted with what is in their own tables.
      else for (const one of all.values()) if (one.root === target?.root) add(one, isNeeded);
    }
  }
  add(to.tptParent, true);
  return edges;
}

/** Deletes the rows of all classes with one base class in one statement, as they can refer to each other. */
function deleteTogether(group: Groups[string] | undefined, order: readonly EntityMetadata[]): void {
  for (const metas of Map.groupBy(order.filter(isSpread), ({ root }) => root).values()) {
    const changes = metas.flatMap(meta => group?.get(meta._id) ?? []);
    for (const meta of metas) group?.delete(meta._id);
    const last = metas.at(-1);
    if (last !== undefined && changes.length > 0) group?.set(last._id, changes);
  }
}
