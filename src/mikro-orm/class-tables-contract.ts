import type { EntityMetadata, MikroORM } from '@mikro-orm/core';
import { hasSpread, isSpread } from './class-tables.ts';
import { probeOf, read } from './entity-probe.ts';
import type { Reliance } from './reliance.ts';
import { joinHelper } from './subclass-joins.ts';

const unitOfWork = (orm: MikroORM) => (hasSpread(orm) ? orm.em.fork().getUnitOfWork() : undefined);

/** A class that has a base class, and a table of its own. */
const heir = (orm: MikroORM): EntityMetadata | undefined =>
  [...orm.getMetadata().getAll().values()].find(meta => isSpread(meta) && meta.root !== meta);

/**
 * What mikroscope relies on where classes have tables of their own, or one, with their base classes: see class-tables.ts,
 * commit-order.ts, late-references.ts, updates-by-table.ts, leave-sides.ts, subclass-joins.ts.
 */
export const classTablesContract: readonly Reliance[] = [
  {
    member: 'EntityMetadata.ownProps',
    on: heir,
    kind: 'property',
    relied: 'It lists the properties of which the columns are in the table of the class itself.',
    check: orm => {
      const meta = heir(orm);
      return meta?.ownProps?.every(({ name }) => !meta.primaryKeys.includes(name)) === true;
    },
  },
  {
    member: 'EntityMetadata.tptParent',
    on: heir,
    kind: 'property',
    relied: 'It is the base class of a class that has a table of its own.',
    check: orm => {
      const meta = heir(orm);
      return meta?.tptParent !== undefined && Object.getPrototypeOf(meta.class) === meta.tptParent.class;
    },
  },
  {
    member: 'UnitOfWork.getCommitOrder',
    on: unitOfWork,
    relied: 'It is this method of the instance that says in which order the tables of classes are written.',
  },
  {
    member: 'UnitOfWork.getChangeSetGroups',
    on: unitOfWork,
    relied:
      'It is this method of the instance that gives the changes, by their type and the number of a class, without updates of nothing.',
    check: orm => {
      const em = probeOf(orm);
      const uow = em.getUnitOfWork();
      read(em).name = 'b';
      uow.computeChangeSets();
      const groupsOf = Reflect.get(uow, 'getChangeSetGroups') as () => Record<string, Map<unknown, unknown>>;
      const groups = Reflect.apply(groupsOf, uow, []);
      for (const change of uow.getChangeSets()) change.payload = {};
      const emptied = Reflect.apply(groupsOf, uow, []);
      return (
        ['delete', 'delete_early'].every(type => groups[type] instanceof Map) &&
        groups['update']?.size === 1 &&
        emptied['update']?.size === 0
      );
    },
  },
  {
    member: 'UnitOfWork.findExtraUpdates',
    on: unitOfWork,
    relied: 'It is this method of the instance that finds what is written after all rows are there.',
  },
  {
    member: 'QueryBuilderHelper.createJoinExpression',
    on: joinHelper,
    relied:
      'It is this method of the prototype that writes a join, with the class that the metadata of the relation names.',
  },
];
