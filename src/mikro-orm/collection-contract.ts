import { Collection, EntityFactory } from '@mikro-orm/core';
import { consequences, restoreCollections } from './collections.ts';
import { ProbeMember, ProbeOwner, probeOf } from './entity-probe.ts';
import type { Reliance } from './reliance.ts';
import { replaceItem } from './take-out.ts';

/** What mikroscope relies on in collections: see collections.ts, chosen-lists.ts. */
export const collectionContract: readonly Reliance[] = [
  {
    member: 'Collection.takeSnapshot',
    on: () => Collection.prototype,
    relied: 'It says that the database has what the collection holds.',
    check: () => {
      const { owner, member } = pair();
      owner.members.add(member);
      owner.members.takeSnapshot();
      return owner.members.getSnapshot()?.[0] === member && !owner.members.isDirty();
    },
  },
  {
    member: 'Collection.getSnapshot',
    on: () => Collection.prototype,
    relied: 'It gives what the database has.',
  },
  ...(['addWithoutPropagation', 'removeWithoutPropagation'] as const).map((name): Reliance => ({
    member: `Collection.${name}`,
    on: () => Collection.prototype,
    relied: 'It changes the collection, and not the other side of the relation.',
    check: () => {
      const { owner, member } = pair();
      if (name === 'removeWithoutPropagation') owner.members.add(member);
      const before = member.owner;
      owner.members[name](member);
      return member.owner === before && owner.members.contains(member) === (name === 'addWithoutPropagation');
    },
  })),
  ...consequences.map((name): Reliance => ({
    member: `Collection.${name}`,
    on: () => Collection.prototype,
    ...(name === 'getEntityManager' ? { isCommonWord: true } : {}),
    relied: 'It does what follows when items are removed, and can be replaced in one collection.',
    check: () => {
      const { owner, member } = pair();
      owner.members.add(member);
      const before = member.owner;
      restoreCollections([{ collection: owner.members, items: [], inDatabase: [], dirty: false }], 'before');
      return member.owner === before && owner.members.isEmpty();
    },
  })),
  {
    member: 'Collection.remove',
    on: () => Collection.prototype,
    isCommonWord: true,
    relied: 'An item has left the collection before anything follows from that.',
    check: () => {
      const { owner, member } = pair();
      owner.members.add(member);
      replaceItem(owner.members, member, new ProbeMember());
      return !owner.members.contains(member) && owner.members.length === 1;
    },
  },
  {
    member: 'Collection.checkInitialized',
    on: () => Collection.prototype,
    relied: 'It is called before a list that is not loaded would be read, and throws.',
    check: () => {
      const owner = new ProbeOwner();
      const list: object = Collection.create(owner, 'members', undefined, false);
      try {
        (Reflect.get(list, 'checkInitialized') as () => void).call(list);
        return false;
      } catch {
        return true;
      }
    },
  },
  {
    member: 'Collection.propagateToOwningSide',
    on: () => Collection.prototype,
    relied: 'It changes the other side of a list that an item enters or leaves.',
  },
  {
    member: 'Collection.hydrate',
    on: () => Collection.prototype,
    isCommonWord: true,
    relied:
      'It fills a collection as a query does, so that it counts as loaded, and as read-only if the last of four is true.',
    check: () => {
      const { owner, member } = pair();
      owner.members.hydrate([member], true, true, true);
      return owner.members.isInitialized() && owner.members.isPartial();
    },
  },
  {
    member: 'Collection.setSerializationContext',
    on: () => Collection.prototype,
    relied: 'It has what serializes the owner show a list with what was populated of it.',
  },
  {
    member: 'EntityFactory.extractConstructorParams',
    on: () => EntityFactory.prototype,
    relied: 'It chooses what a constructor gets of the data, all of which then fills the entity.',
    check: orm => {
      const factory = probeOf(orm).getEntityFactory();
      let given: unknown;
      Reflect.set(factory, 'extractConstructorParams', (_: object, data: object) => [(given = data)]);
      const owner = factory.create(ProbeOwner, { members: [{ id: 1 }] }, { newEntity: true });
      return given !== undefined && owner.members[0] instanceof ProbeMember;
    },
  },
];

function pair(): { owner: ProbeOwner; member: ProbeMember } {
  const owner = new ProbeOwner();
  Collection.create(owner, 'members', undefined, true);
  return { owner, member: new ProbeMember() };
}
