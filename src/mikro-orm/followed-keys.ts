import { type ChangeSet, type EntityMetadata, type EntityProperty, helper } from '@mikro-orm/core';
import { isForeignKey, writesKey } from './class-tables.ts';
import { datesWhole } from './date-keys.ts';
import { keyText } from './entity-state.ts';
import { rekey } from './identity-map.ts';
import type { SqlEm } from './orm.ts';
import { replaceMethod } from './replace-method.ts';

type Write = (changes: readonly ChangeSet<object>[], ...rest: unknown[]) => Promise<unknown>;
type Key = readonly unknown[];

/**
 * The keys that rows have got in the flush under way, by the root of their class, of which each session has metadata of its
 * own, and by the key of before.
 */
type Rekeyed = Map<unknown, Map<string, Key>>;

/** The key that a change gives to a row. */
interface NewKey {
  readonly entity: object;
  readonly root: unknown;
  readonly before: Key;
  readonly now: Key;
}

/**
 * Where the key of a row has changed, the database has given it to what has it in its own key, as their foreign keys say.
 * MikroORM looks for these by the keys of before, hits none, and what else is to be written of them is lost.
 */
export function writeByFollowedKeys(em: SqlEm): void {
  const persister = em.getUnitOfWork().getChangeSetPersister();
  let rekeyed: Rekeyed = new Map();
  let flush: object | undefined;
  for (const name of ['executeUpdates', 'executeDeletes'])
    replaceMethod<Write>(persister, name, write => async (changes, ...rest) => {
      // Every flush computes its changes anew.
      const [first] = em.getUnitOfWork().getChangeSets();
      if (first !== flush) rekeyed = new Map();
      flush = first;
      const keys = changes.flatMap(newKey);
      const putBack = rekeyed.size > 0 ? changes.map(change => follow(change, rekeyed)) : [];
      const result = await write(changes, ...rest);
      for (const each of putBack) each();
      for (const { root, before, now } of keys) {
        const ofRoot = rekeyed.get(root) ?? new Map<string, Key>();
        rekeyed.set(root, ofRoot.set(keyText(before), now));
      }
      // What the database returns of what refers to them is to find them.
      if (keys.length > 0)
        rekey(
          em,
          keys.map(({ entity }) => entity),
        );
      return result;
    });
}

/** The key that a change gives to a row, if it is another one. */
function newKey(change: ChangeSet<object>): readonly NewKey[] {
  const { entity, meta, originalEntity: row } = change;
  if (row === undefined || !writesKey(change)) return [];
  return [
    {
      entity,
      root: meta.root.class,
      before: flat(datesWhole(meta, rowKey(meta, row))),
      now: flat(helper(entity).getPrimaryKeys(true)),
    },
  ];
}

/**
 * Has a change written to the row that has the key which the database has given it.
 *
 * @returns what makes it one of the key of before again, which others know it by
 */
function follow(change: ChangeSet<object>, rekeyed: Rekeyed): () => void {
  const { meta, originalEntity: row } = change;
  if (row === undefined) return () => {};
  const followed = meta.primaryKeys.flatMap(name => {
    const prop = Reflect.get(meta.properties, name) as EntityProperty;
    const before = flat(Reflect.get(row, name));
    const now = followedBy(prop, before, rekeyed);
    return now === before ? [] : [[name, now.length === 1 ? now[0] : now]];
  });
  if (followed.length > 0) change.originalEntity = { ...row, ...Object.fromEntries(followed) };
  return () => void (change.originalEntity = row);
}

/** What the database has made of the value of a foreign key. */
function followedBy(prop: EntityProperty, value: Key, rekeyed: Rekeyed): Key {
  const { targetMeta: target } = prop;
  if (target === undefined || !isForeignKey(prop) || prop.updateRule !== 'cascade') return value;
  const now = rekeyed.get(target.root.class)?.get(keyText(flat(datesWhole(target, value))));
  if (now !== undefined) return now;
  // A part of the key may have followed.
  let rest = value;
  const parts = target.primaryKeys.map(name => {
    const part: EntityProperty = Reflect.get(target.properties, name);
    const width = part.fieldNames.length;
    const before = rest.slice(0, width);
    rest = rest.slice(width);
    return { before, now: followedBy(part, before, rekeyed) };
  });
  return parts.every(part => part.now === part.before) ? value : parts.flatMap(part => part.now);
}

function rowKey(meta: EntityMetadata, row: object): Key {
  return meta.primaryKeys.flatMap(name => flat(Reflect.get(row, name)));
}

function flat(value: unknown): Key {
  return [value].flat(Infinity);
}
