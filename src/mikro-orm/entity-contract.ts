import { helper, type MikroORM, Utils } from '@mikro-orm/core';
import { ProbeOwner, probeOf, read, sampleOf } from './entity-probe.ts';
import type { Reliance } from './reliance.ts';

const wrapped = (orm: MikroORM) => helper(sampleOf(orm));
const changeable = (orm: MikroORM) => helper(read(probeOf(orm)));

/** What mikroscope relies on in MikroORM's notes about an entity: see entity-state.ts and entity-snapshot.ts. */
export const entityContract: readonly Reliance[] = [
  {
    member: 'WrappedEntity.__meta',
    on: wrapped,
    kind: 'property',
    relied: 'It is the metadata of the class of the entity.',
    check: orm => wrapped(orm).__meta.class === ProbeOwner,
  },
  {
    member: 'WrappedEntity.__em',
    on: wrapped,
    kind: 'property',
    relied: 'It is the EntityManager that read, persisted or referenced the entity, and may be deleted.',
    check: orm => {
      const em = probeOf(orm);
      const references = [read(em), em.getReference(ProbeOwner, 2)];
      return (
        references.every(entity => helper(entity).__em === em) && helper(new ProbeOwner()).__em === undefined
      );
    },
  },
  {
    member: 'WrappedEntity.__managed',
    on: wrapped,
    kind: 'property',
    relied: 'It is true of what was read, and not of what was only persisted.',
    check: orm => {
      const em = probeOf(orm);
      const added = new ProbeOwner();
      em.persist(added);
      return helper(read(em)).__managed && !helper(added).__managed;
    },
  },
  {
    member: 'WrappedEntity.__initialized',
    on: wrapped,
    kind: 'property',
    relied: 'It is false of a reference whose row was never read.',
    check: orm =>
      wrapped(orm).__initialized && !helper(probeOf(orm).getReference(ProbeOwner, 2)).__initialized,
  },
  {
    member: 'WrappedEntity.__originalEntityData',
    on: wrapped,
    kind: 'property',
    relied: 'It is the row as it was read, whatever is assigned, and what has none is inserted.',
    check: orm => {
      const owner = read(probeOf(orm));
      owner.name = 'b';
      const added = new ProbeOwner();
      probeOf(orm).persist(added);
      return (
        (helper(owner).__originalEntityData as { name?: unknown }).name === 'a' &&
        helper(added).__originalEntityData === undefined
      );
    },
  },
  {
    member: 'WrappedEntity.__loadedProperties',
    on: wrapped,
    kind: 'property',
    relied: 'It has the names of the fields that were read.',
    check: orm => {
      const { __loadedProperties: loaded } = helper(read(probeOf(orm), { id: 1 }));
      return loaded.has('id') && !loaded.has('name');
    },
  },
  {
    member: 'WrappedEntity.__data',
    on: wrapped,
    kind: 'property',
    relied: 'The fields are accessors on this record, which can be replaced.',
    check: orm => {
      const owner = read(probeOf(orm));
      helper(owner).__data = { ...helper(owner).__data, name: 'b' };
      const before = owner.name;
      owner.name = 'c';
      return before === 'b' && helper(owner).__data['name'] === 'c';
    },
  },
  {
    member: 'WrappedEntity.__processing',
    on: wrapped,
    kind: 'property',
    relied: 'It is true only while MikroORM works on the entity.',
    check: orm => !wrapped(orm).__processing,
  },
  {
    member: 'WrappedEntity.__identifier',
    on: orm => {
      const added = new ProbeOwner();
      const uow = probeOf(orm).getUnitOfWork();
      (Reflect.get(uow, 'initIdentifier') as (entity: object) => void).call(uow, added);
      return helper(added);
    },
    kind: 'property',
    relied: 'It stands for a key that the database has yet to generate, and may be deleted.',
  },
  {
    member: 'WrappedEntity.__pk',
    on: orm => {
      const note = changeable(orm);
      note.setPrimaryKey(2);
      return note;
    },
    kind: 'property',
    relied: 'It keeps a key that the fields may have lost, and may be deleted.',
    check: orm => {
      const note = changeable(orm);
      note.setPrimaryKey(2);
      delete note.__pk;
      return note.getPrimaryKey() === 2;
    },
  },
  ...(['hasPrimaryKey', 'getPrimaryKey', 'getPrimaryKeys', 'getSerializedPrimaryKey'] as const).map(
    (name): Reliance => ({
      member: `WrappedEntity.${name}`,
      on: wrapped,
      relied: 'It reads the key from the fields of the entity.',
      check: orm =>
        ({ hasPrimaryKey: 'true', getPrimaryKey: '1', getPrimaryKeys: '1', getSerializedPrimaryKey: '1' })[
          name
        ] === String(wrapped(orm)[name]()),
    }),
  ),
  {
    member: 'Utils.isEntity',
    on: () => Utils,
    isCommonWord: true,
    relied: 'It tells entities from everything else.',
    check: orm => Utils.isEntity(sampleOf(orm)) && !Utils.isEntity({ id: 1 }),
  },
];
