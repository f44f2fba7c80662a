import { helper } from '@mikro-orm/core';
import { readWatcherOf } from './watchers.ts';

/** The getter of a relation with another side, which tells when it is read and not known. */
export function tellingReads(name: string): () => unknown {
  return function (this: object): unknown {
    const value: unknown = helper(this).__data[name];
    if (value === undefined) readWatcherOf(this)?.readsField(this, name);
    return value;
  };
}

/** The getter of an object that has no accessor of its own yet, or no longer, as MikroORM takes it from what it unlinks. */
export function tellingMissing(prototype: object, name: string): () => void {
  return function (this: object): void {
    if (this !== prototype) readWatcherOf(this)?.readsField(this, name);
  };
}
