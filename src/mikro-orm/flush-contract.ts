import { helper, type MikroORM } from '@mikro-orm/core';
import { probeOf, read } from './entity-probe.ts';
import type { SqlEm } from './orm.ts';
import type { Reliance } from './reliance.ts';

type Method = (...args: unknown[]) => unknown;

const unitOfWork = (orm: MikroORM) => probeOf(orm).getUnitOfWork();

/** What mikroscope relies on in the course of a flush: see late-changes.ts, late-fields.ts, late-lists.ts. */
export const flushContract: readonly Reliance[] = [
  {
    member: 'UnitOfWork.computeChangeSets',
    on: unitOfWork,
    relied:
      'It is this method of the instance that begins a flush, before subscribers are told of the changes.',
    async check(orm) {
      const calls = await callsOfFlush(probeOf(orm));
      return (
        calls === 'beforeFlush computeChangeSets onFlush filterCollectionUpdates afterFlush postCommitCleanup'
      );
    },
  },
  {
    member: 'UnitOfWork.filterCollectionUpdates',
    on: unitOfWork,
    relied: 'It is this method of the instance that is called once subscribers were told of the changes.',
  },
  {
    member: 'UnitOfWork.postCommitCleanup',
    on: unitOfWork,
    relied: 'It is this method of the instance that ends a flush, also one that fails.',
  },
  {
    member: 'UnitOfWork.persistToDatabase',
    on: unitOfWork,
    relied: 'It is this method of the instance that writes all that was computed.',
  },
  {
    member: 'UnitOfWork.computeChangeSet',
    on: unitOfWork,
    isDocumented: true,
    relied: 'It takes what an object holds for what its row holds.',
    check(orm) {
      const em = probeOf(orm);
      const owner = read(em);
      owner.name = 'b';
      em.getUnitOfWork().computeChangeSet(owner);
      return helper(owner).__originalEntityData?.name === 'b';
    },
  },
  {
    member: 'UnitOfWork.recomputeSingleChangeSet',
    on: unitOfWork,
    isDocumented: true,
    relied: 'It adds to a change that is computed.',
  },
  {
    member: 'UnitOfWork.commitUpdateChangeSets',
    on: unitOfWork,
    relied:
      'It is this method of the instance that writes changes of one class, and takes what the objects hold for what their rows hold.',
    async check(orm) {
      const em = probeOf(orm);
      const uow = em.getUnitOfWork();
      const owner = read(em);
      owner.name = 'b';
      uow.computeChangeSets();
      uow.getChangeSetPersister().executeUpdates = () => Promise.resolve(void (owner.name = 'c'));
      await call(uow, 'commitUpdateChangeSets', uow.getChangeSets());
      return helper(owner).__originalEntityData?.name === 'c';
    },
  },
  {
    member: 'UnitOfWork.commitCreateChangeSets',
    on: unitOfWork,
    relied: 'It is this method of the instance that writes new objects of one class.',
  },
  {
    member: 'UnitOfWork.takeCollectionSnapshots',
    on: unitOfWork,
    relied:
      'It is this method of the instance that is called when all is written, and takes what lists hold for what the database holds.',
    check(orm) {
      const uow = unitOfWork(orm);
      const owner = read(probeOf(orm));
      owner.members.setDirty();
      call(uow, 'takeCollectionSnapshots', owner, new Set());
      return !owner.members.isDirty();
    },
  },
];

/** What a flush of nothing calls, in its order. */
async function callsOfFlush(probe: SqlEm): Promise<string> {
  // Another session may be opened at the same time, and they share the probe.
  const em = probe.fork({ freshEventManager: true, useContext: false, disableContextResolution: true });
  const uow = em.getUnitOfWork();
  const calls: string[] = [];
  for (const name of ['computeChangeSets', 'filterCollectionUpdates', 'postCommitCleanup']) {
    const method = Reflect.get(uow, name) as Method;
    Reflect.set(uow, name, (...args: unknown[]) => {
      calls.push(name);
      return Reflect.apply(method, uow, args);
    });
  }
  const manager = em.getEventManager();
  const dispatch = Reflect.get(manager, 'dispatchEvent') as Method;
  Reflect.set(manager, 'dispatchEvent', (...args: unknown[]) => {
    calls.push(String(args[0]));
    return Reflect.apply(dispatch, manager, args);
  });
  await uow.commit();
  return calls.join(' ');
}

function call(owner: object, name: string, ...args: unknown[]): unknown {
  return Reflect.apply(Reflect.get(owner, name) as Method, owner, args);
}
