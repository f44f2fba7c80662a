import { ChangeSet, type EntityMetadata, EntityIdentifier, Utils } from '@mikro-orm/core';
import type { Reliance } from './reliance.ts';

/** What mikroscope relies on in MikroORM's keys: see awaited-keys.ts and whole-keys.ts. */
export const keyContract: readonly Reliance[] = [
  {
    member: 'EntityIdentifier.getValue',
    on: () => EntityIdentifier.prototype,
    isCommonWord: true,
    relied:
      'It gives a key that the database has given meanwhile, and what is copied with others copies itself if it can.',
    check: () => Utils.copy({ key: { clone: () => 1 } }).key === (1 as unknown),
  },
  {
    member: 'ChangeSet.getPrimaryKey',
    on: () => ChangeSet.prototype,
    isDocumented: true,
    relied:
      'It is this method of the prototype that says which row is written, by its columns, or by the names of its parts.',
  },
  {
    member: 'Utils.getPrimaryKeyCondFromArray',
    on: () => Utils,
    relied: 'It gives the parts of a key their names, and is looked up when it is called.',
    check: () => {
      const meta = { getPrimaryProps: () => [{ name: 'a', targetMeta: {} }] } as unknown as EntityMetadata;
      return Utils.equals(Utils.getPrimaryKeyCondFromArray([[1, 2]] as never, meta), { a: [1, 2] });
    },
  },
  {
    member: 'Utils.getOrderedPrimaryKeys',
    on: () => Utils,
    relied:
      'It gives the columns of a key in their order, and is looked up when it is called, also by itself.',
  },
];
