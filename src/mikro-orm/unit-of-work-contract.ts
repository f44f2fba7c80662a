import {
  ChangeSet,
  ChangeSetComputer,
  ChangeSetType,
  EntityAssigner,
  type EntityComparator,
  helper,
  type MikroORM,
} from '@mikro-orm/core';
import { ProbeMember, ProbeOwner, probeOf, read, sampleOf } from './entity-probe.ts';
import type { SqlEm } from './orm.ts';
import type { Reliance } from './reliance.ts';

type Method = (...args: unknown[]) => unknown;

const sampleEm = (orm: MikroORM) => helper(sampleOf(orm)).__em as SqlEm;
const unitOfWork = (orm: MikroORM) => sampleEm(orm).getUnitOfWork();
const identityMap = (orm: MikroORM) => unitOfWork(orm).getIdentityMap();
const factory = (orm: MikroORM) => sampleEm(orm).getEntityFactory();

/**
 * What mikroscope relies on in the unit of work and in what it holds: see staged.ts, identity-door.ts, weak-store.ts,
 * referrers.ts, delete-by-row-keys.ts, keep-assigned.ts, flush-first.ts, assignment-watch.ts,
 * held-back-removals.ts, before-each-row.ts, counted-rows.ts, insert-runs.ts, unique-updates.ts, upserted-nulls.ts.
 */
export const unitOfWorkContract: readonly Reliance[] = [
  {
    member: 'UnitOfWork.getPersistStack',
    on: unitOfWork,
    relied: 'It is the set of what is staged to be saved, and can be changed.',
    check: orm => {
      const added = new ProbeOwner();
      return probeOf(orm).persist(added).getUnitOfWork().getPersistStack().has(added);
    },
  },
  {
    member: 'UnitOfWork.getRemoveStack',
    on: unitOfWork,
    relied: 'It is the set of what is staged to be removed, and can be changed.',
    check: orm => {
      const em = probeOf(orm);
      const owner = read(em);
      return em.remove(owner).getUnitOfWork().getRemoveStack().has(owner);
    },
  },
  {
    member: 'UnitOfWork.getOrphanRemoveStack',
    on: unitOfWork,
    relied: 'It is the set of what is staged to be removed because its owner let it go, and can be changed.',
    check: orm => {
      const em = probeOf(orm);
      const owner = read(em);
      em.getUnitOfWork().scheduleOrphanRemoval(owner);
      return em.getUnitOfWork().getOrphanRemoveStack().has(owner);
    },
  },
  {
    member: 'UnitOfWork.remove',
    on: unitOfWork,
    isCommonWord: true,
    relied:
      'It is this method of the instance that a removal goes through, and it cascades unless it is told not to.',
    check: orm => {
      const em = probeOf(orm);
      const [uow, owner] = [em.getUnitOfWork(), read(em)];
      const alone = callsOf(uow, 'cascade', () => uow.remove(owner, undefined, { cascade: false }));
      return alone === 0 && callsOf(uow, 'remove', () => em.remove(owner)) > 0;
    },
  },
  {
    member: 'UnitOfWork.cascade',
    on: unitOfWork,
    isCommonWord: true,
    relied:
      'It is this method of the instance through which a removal, of an orphan too, comes to other objects, and a flush to new ones, which says so.',
    check: orm => {
      const em = probeOf(orm);
      const [uow, owner] = [em.getUnitOfWork(), read(em)];
      const isOfFlush = (...args: unknown[]) => Object(args[3]).checkRemoveStack === true;
      const found = callsOf(uow, 'cascade', () => uow.computeChangeSets(), isOfFlush);
      em.remove(owner);
      const removed = callsOf(uow, 'cascade', () => uow.computeChangeSets());
      const orphaned = callsOf(uow, 'cascade', () => uow.scheduleOrphanRemoval(owner));
      return found > 0 && removed > 0 && orphaned > 0;
    },
  },
  {
    member: 'UnitOfWork.findNewEntities',
    on: unitOfWork,
    relied:
      'It is this method of the instance that a flush calls for each staged object, and for the first one before it has visited any.',
    check: orm => {
      const em = probeOf(orm);
      const [uow, owner] = [em.getUnitOfWork(), read(em)];
      em.persist(owner);
      const isFirst = (one: unknown, visited: unknown) =>
        one === owner && (visited as Set<object>).size === 0;
      return callsOf(uow, 'findNewEntities', () => uow.computeChangeSets(), isFirst) === 1;
    },
  },
  {
    member: 'UnitOfWork.persist',
    on: unitOfWork,
    isCommonWord: true,
    relied: 'It is this method of the instance that takes a removal back, whoever persists the object.',
    check: orm => {
      const em = probeOf(orm);
      const [uow, owner] = [em.getUnitOfWork(), read(em)];
      em.remove(owner);
      return callsOf(uow, 'persist', () => em.persist(owner)) > 0 && !uow.getRemoveStack().has(owner);
    },
  },
  {
    member: 'UnitOfWork.cancelOrphanRemoval',
    on: unitOfWork,
    relied: 'It is this method of the instance by which an orphan is none any more.',
    check: orm => {
      const em = probeOf(orm);
      const [uow, owner] = [em.getUnitOfWork(), read(em)];
      uow.scheduleOrphanRemoval(owner);
      uow.cancelOrphanRemoval(owner);
      return !uow.getOrphanRemoveStack().has(owner);
    },
  },
  {
    member: 'UnitOfWork.clearActionsQueue',
    on: unitOfWork,
    relied: 'It makes MikroORM forget which classes have changes, as its own rollback does.',
  },
  {
    member: 'UnitOfWork.register',
    on: unitOfWork,
    isCommonWord: true,
    relied: 'Everything that is read comes through this method of the instance, with the row as it was read.',
    check: orm => {
      const em = probeOf(orm);
      return callsOf(em.getUnitOfWork(), 'register', () => read(em)) > 0;
    },
  },
  {
    member: 'UnitOfWork.merge',
    on: unitOfWork,
    isCommonWord: true,
    relied:
      'This method of the instance takes what an entity has for what its row holds, once em.map() has filled it.',
    check: orm => {
      const em = probeOf(orm);
      return callsOf(em.getUnitOfWork(), 'merge', () => read(em)) > 0;
    },
  },
  {
    member: 'UnitOfWork.shouldAutoFlush',
    on: unitOfWork,
    relied:
      'What asks for rows flushes before if this method of the instance says so, whatever its class is.',
    check: async orm => {
      const em = probeOf(orm);
      let asked = 0;
      em.getUnitOfWork().shouldAutoFlush = () => ++asked === 0;
      await em.tryFlush(ProbeOwner, {});
      return asked === 1;
    },
  },
  {
    member: 'UnitOfWork.getById',
    on: unitOfWork,
    isDocumented: true,
    relied: 'It is this method of the prototype that finds an object by its key, and makes the text of that.',
    check: orm => {
      const em = probeOf(orm);
      const owner = read(em);
      const uow = em.getUnitOfWork();
      return callsOf(uow, 'getById', () => read(em)) > 0 && uow.getById(ProbeOwner, 1) === owner;
    },
  },
  {
    member: 'EntityComparator.mapResult',
    on: orm => orm.em.getComparator(),
    relied: 'It is this method of the prototype that makes the fields of what a database gives for a row.',
    check: orm => {
      const { comparator } = sampleEm(orm).getDriver() as unknown as { comparator: EntityComparator };
      const row = comparator.mapResult(sampleEm(orm).getMetadata(ProbeMember), {
        id: 1,
        owner_id: 2,
      } as never);
      return Reflect.get(row ?? {}, 'owner') === 2;
    },
  },
  {
    member: 'EntityAssigner.assignProperty',
    on: () => EntityAssigner,
    relied: 'It is this method of the class that assigns a field of data, nested ones too.',
    check: orm => {
      const owner = new ProbeOwner();
      const method = Reflect.get(EntityAssigner, 'assignProperty') as Method;
      const assign = () => probeOf(orm).assign(owner, { name: 'b' });
      try {
        return callsOf(EntityAssigner, 'assignProperty', assign) === 1 && owner.name === 'b';
      } finally {
        Reflect.set(EntityAssigner, 'assignProperty', method);
      }
    },
  },
  {
    member: 'UnitOfWork.unsetIdentity',
    on: unitOfWork,
    relied:
      'It takes the row snapshot and the managed flag from an entity, and the entity out of what refers to it.',
    check: orm => {
      const em = probeOf(orm);
      const owner = read(em);
      em.getUnitOfWork().unsetIdentity(owner);
      const { __originalEntityData: row, __managed: managed } = helper(owner);
      return row === undefined && !managed && ![...em.getUnitOfWork().getIdentityMap()].includes(owner);
    },
  },
  {
    member: 'UnitOfWork.scheduleExtraUpdate',
    on: unitOfWork,
    relied: 'It is this method of the instance that has some properties of a row written after the others.',
  },
  ...(['executeInserts', 'executeUpdates', 'executeDeletes'] as const).map((name): Reliance => ({
    member: `ChangeSetPersister.${name}`,
    on: orm => unitOfWork(orm).getChangeSetPersister(),
    relied:
      'It is this method of the instance that writes changes of one class, through nativeInsertMany, nativeUpdate, nativeUpdateMany, nativeDelete.',
  })),
  {
    member: 'ChangeSetPersister.mapReturnedValues',
    on: orm => unitOfWork(orm).getChangeSetPersister(),
    relied: 'It is this method of the instance that takes over what the database returns of an upserted row.',
  },
  {
    member: 'ChangeSetPersister.mapPrimaryKey',
    on: orm => unitOfWork(orm).getChangeSetPersister(),
    relied:
      'It is this method of the instance that gives an inserted entity the key of its row, in its field and as __pk.',
  },
  {
    member: 'UnitOfWork.runHooks',
    on: unitOfWork,
    relied:
      'It is this method of the instance that is called for each change and each event of it, and is waited for.',
  },
  {
    member: 'EventManager.dispatchEvent',
    on: orm => orm.em.getEventManager(),
    relied: 'It is this method of the instance that tells subscribers of a flush.',
  },
  {
    member: 'IdentityMap.store',
    on: identityMap,
    isCommonWord: true,
    relied: 'Everything that comes into the map comes through this method of the instance.',
    check: orm => {
      const em = probeOf(orm);
      return callsOf(em.getUnitOfWork().getIdentityMap(), 'store', () => read(em)) > 0;
    },
  },
  {
    member: 'IdentityMap.getStore',
    on: identityMap,
    isCommonWord: true,
    relied: 'It gives the one Map of the entities of a class, whose prototype can be replaced.',
    check: orm => {
      const em = probeOf(orm);
      const owner = read(em);
      const map = em.getUnitOfWork().getIdentityMap();
      const store = map.getStore(helper(owner).__meta.root);
      return (
        store instanceof Map &&
        store === map.getStore(helper(owner).__meta.root) &&
        [...store.values()].includes(owner)
      );
    },
  },
  {
    member: 'IdentityMap.getPkHash',
    on: identityMap,
    relied: 'It gives the key under which an entity is in the Map of its class.',
    check: orm => {
      const em = probeOf(orm);
      const owner = read(em);
      const map = em.getUnitOfWork().getIdentityMap();
      const hash: unknown = Reflect.apply(Reflect.get(map, 'getPkHash') as Method, map, [owner]);
      return map.getStore(helper(owner).__meta.root).get(hash as string) === owner;
    },
  },
  {
    member: 'IdentityMap.delete',
    on: identityMap,
    isCommonWord: true,
    relied:
      'What leaves the map leaves through this method of the instance, from under the key that getPkHash gives.',
    check: orm => {
      const em = probeOf(orm);
      const map = em.getUnitOfWork().getIdentityMap();
      const owner = read(em);
      map.getStore(helper(owner).__meta.root).set('moved', owner);
      Reflect.set(map, 'getPkHash', () => 'moved');
      return (
        callsOf(map, 'delete', () => em.getUnitOfWork().unsetIdentity(owner)) > 0 &&
        !map.getStore(helper(owner).__meta.root).has('moved')
      );
    },
  },
  {
    member: 'UnitOfWork.getChangeSets',
    on: unitOfWork,
    isDocumented: true,
    relied:
      'The key of a row that is deleted is that of the originalEntity of the change set, where that is there.',
    check: orm => {
      const set = new ChangeSet(sampleOf(orm), ChangeSetType.DELETE, {}, helper(sampleOf(orm)).__meta);
      set.originalEntity = { id: 2 };
      return set.getPrimaryKey() === 2;
    },
  },
  {
    member: 'EntityFactory.findEntity',
    on: factory,
    relied:
      'The options that this method of the instance is given decide whether a known entity is read again.',
    check: orm => {
      const em = probeOf(orm);
      const owner = read(em);
      owner.name = 'b';
      const method = Reflect.get(em.getEntityFactory(), 'findEntity') as Method;
      Reflect.set(
        em.getEntityFactory(),
        'findEntity',
        (data: object, meta: object, options: { refresh?: boolean }) => {
          const found = Reflect.apply(method, em.getEntityFactory(), [data, meta, options]);
          options.refresh = false;
          return found;
        },
      );
      const options = { merge: true, refresh: true, convertCustomTypes: true };
      return (
        em.getEntityFactory().create(ProbeOwner, { id: 1, name: 'a' }, options) === owner &&
        owner.name === 'b'
      );
    },
  },
  {
    member: 'EntityFactory.create',
    on: factory,
    isCommonWord: true,
    relied: 'This method of the instance makes an object of each row, and is told to merge it.',
    check: orm => {
      const em = probeOf(orm);
      return callsOf(em.getEntityFactory(), 'create', () => read(em)) > 0;
    },
  },
  {
    member: 'EntityFactory.createReference',
    on: factory,
    relied:
      'This method of the instance makes what stands for a row, and is told by which other field than the key.',
    check: orm => {
      const em = probeOf(orm);
      const made = em
        .getEntityFactory()
        .createReference(ProbeOwner, 'a' as never, { key: 'name', merge: true });
      return Reflect.get(made, 'name') === 'a' && Reflect.get(made, 'id') === undefined;
    },
  },
  {
    member: 'EntityLoader.populate',
    on: orm => sampleEm(orm).getEntityLoader(),
    isCommonWord: true,
    relied: 'Every query calls this method of the instance once its rows are objects.',
  },
  {
    member: 'EntityLoader.initializeOneToMany',
    on: orm => sampleEm(orm).getEntityLoader(),
    relied: 'This method of the instance puts the rows that were read into the lists of their owners.',
  },
  {
    member: 'ChangeSetComputer.processToOne',
    on: () => ChangeSetComputer.prototype,
    relied: 'This method of the prototype adds a relation by another field than the key to what is written.',
  },
  {
    member: 'EntityFactory.mergeData',
    on: factory,
    relied: 'This method of the instance merges a row into a known entity.',
    check: orm => {
      const em = probeOf(orm);
      read(em);
      const again = () =>
        void em.getEntityFactory().create(ProbeOwner, { id: 1, name: 'b' }, { merge: true });
      return callsOf(em.getEntityFactory(), 'mergeData', again) > 0;
    },
  },
  {
    member: 'EntityFactory.hydrate',
    on: factory,
    isCommonWord: true,
    relied: 'This method of the instance fills an entity with a row, after findEntity and before register.',
    check: orm => {
      const em = probeOf(orm);
      return callsOf(em.getEntityFactory(), 'hydrate', () => read(em)) > 0;
    },
  },
  {
    member: 'EntityMetadata.definedProperties',
    on: orm => sampleEm(orm).getMetadata(ProbeMember),
    kind: 'property',
    relied:
      'Entities get the accessors of relations with another side from there, and others from the prototype.',
    check: orm => {
      const { definedProperties, prototype } = sampleEm(orm).getMetadata(ProbeOwner);
      const own = Object.getOwnPropertyDescriptor(prototype, 'name');
      const other = Reflect.get(sampleEm(orm).getMetadata(ProbeMember).definedProperties, 'owner');
      return !('name' in definedProperties) && own?.set !== undefined && other?.set !== undefined;
    },
  },
  {
    member: 'EntityComparator.diffEntities',
    on: orm => sampleEm(orm).getComparator(),
    relied:
      'It gives the fields that differ between a row and what prepareEntity gives, and changes nothing.',
    check: orm => {
      const em = probeOf(orm);
      const owner = read(em);
      owner.name = 'b';
      const comparator = em.getComparator();
      const row = helper(owner).__originalEntityData ?? {};
      return (
        JSON.stringify(comparator.diffEntities(ProbeOwner, row, comparator.prepareEntity(owner))) ===
        '{"name":"b"}'
      );
    },
  },
  {
    member: 'EntityComparator.getSnapshotGenerator',
    on: orm => sampleEm(orm).getComparator(),
    relied: 'It gives the function that prepareEntity calls.',
    check: orm => {
      const comparator = probeOf(orm).getComparator();
      const owner = read(probeOf(orm));
      return (
        JSON.stringify(comparator.getSnapshotGenerator(ProbeOwner)(owner)) ===
        JSON.stringify(comparator.prepareEntity(owner))
      );
    },
  },
  {
    member: 'Hydrator.isRunning',
    on: orm => orm.config.getHydrator(orm.getMetadata()),
    relied: 'It is true while a row fills an entity.',
    check: orm => {
      const em = probeOf(orm);
      const owner = read(em);
      const hydrator = em.config.getHydrator(em.getMetadata());
      const seen: boolean[] = [];
      const data = helper(owner).__data;
      helper(owner).__data = new Proxy(data, {
        set: (target, key, value) => seen.push(hydrator.isRunning()) > 0 && Reflect.set(target, key, value),
      });
      em.getEntityFactory().create(ProbeOwner, { id: 1, name: 'b' }, { merge: true, refresh: true });
      owner.name = 'c';
      return seen.at(-1) === false && seen.includes(true);
    },
  },
  {
    member: 'Hydrator.hydrate',
    on: orm => orm.config.getHydrator(orm.getMetadata()),
    isCommonWord: true,
    relied: 'It is this method of the instance by which a row fills an entity.',
    check: orm => {
      const em = probeOf(orm);
      return callsOf(em.config.getHydrator(em.getMetadata()), 'hydrate', () => read(em)) > 0;
    },
  },
  {
    member: 'EntityMetadata.referencingProperties',
    on: orm => sampleEm(orm).getMetadata(ProbeOwner),
    kind: 'property',
    relied: 'It lists the properties that refer to the class.',
    check: orm =>
      sampleEm(orm)
        .getMetadata(ProbeOwner)
        .referencingProperties.some(
          ({ meta, prop }) => meta.className === ProbeMember.name && prop.name === ('owner' as string),
        ),
  },
  {
    member: 'SqlSchemaGenerator.sortViewsByDependencies',
    on: orm => orm.config.getExtension('@mikro-orm/schema-generator'),
    relied: 'It sorts views such that each comes after those that it is made of.',
  },
];

/** How often a method of an object is called while something is done. */
function callsOf(
  object: object,
  name: string,
  work: () => void,
  counts: (...args: unknown[]) => boolean = () => true,
): number {
  let calls = 0;
  const method = Reflect.get(object, name) as Method;
  Reflect.set(object, name, (...args: unknown[]) => {
    if (counts(...args)) calls++;
    return Reflect.apply(method, object, args);
  });
  work();
  return calls;
}
