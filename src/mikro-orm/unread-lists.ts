import { Collection } from '@mikro-orm/core';
import { readWatcherOf } from './watchers.ts';

let areListsWatched = false;

/** What a list that is not loaded holds is unknown, and not missing. MikroORM has items as properties. */
export function watchUnreadLists(): void {
  if (areListsWatched) return;
  areListsWatched = true;
  const tellOf = (list: Collection<object>): void => {
    if (!list.isInitialized()) readWatcherOf(list.owner)?.readsList(list);
  };
  const checkInitialized = Reflect.get(Collection.prototype, 'checkInitialized') as () => void;
  Object.defineProperties(Collection.prototype, {
    checkInitialized: {
      value(this: Collection<object>) {
        tellOf(this);
        Reflect.apply(checkInitialized, this, []);
      },
      writable: true,
      configurable: true,
    },
    0: {
      get(this: Collection<object>) {
        tellOf(this);
      },
      set(this: Collection<object>, value: unknown) {
        Object.defineProperty(this, 0, { value, writable: true, enumerable: true, configurable: true });
      },
      configurable: true,
    },
  });
}
