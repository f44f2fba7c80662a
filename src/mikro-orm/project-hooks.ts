import { type EntityMetadata, type EventSubscriber, Utils } from '@mikro-orm/core';
import type { SqlEm } from './orm.ts';

const WRITING = [
  'beforeCreate',
  'afterCreate',
  'beforeUpdate',
  'afterUpdate',
  'beforeDelete',
  'afterDelete',
] as const;

const hooked = new WeakMap<object, boolean>();

/** Whether code of a project may run while a flush is under way: hooks of its entities, and subscribers, which may come later. */
export function hasHooks(em: SqlEm): boolean {
  if (em.getEventManager().getSubscribers().size > 0) return true;
  const metadata = em.getMetadata();
  let found = hooked.get(metadata);
  if (found === undefined) {
    const metas = [...metadata.getAll().values()];
    found = metas.some(({ hooks }) => WRITING.some(event => (hooks[event]?.length ?? 0) > 0));
    hooked.set(metadata, found);
  }
  return found;
}

/** What the hooks are called that are handed an object whose row is inserted, updated or deleted. */
const HANDED = {
  new: ['beforeCreate', 'afterCreate'],
  changed: ['beforeUpdate', 'afterUpdate'],
  removed: ['beforeDelete', 'afterDelete'],
} as const;

/** What is told of a flush as a whole, and so of all that it writes. */
const OF_FLUSH = ['beforeFlush', 'onFlush', 'afterFlush'] as const;

/** A function that is handed an object, or the name of a method of its. */
export type Hook = string | ((...given: never[]) => unknown);

const own = new WeakSet<EventSubscriber>();

/** Registers a subscriber that is no project's. */
export function registerOwn(em: SqlEm, subscriber: EventSubscriber): void {
  own.add(subscriber);
  em.getEventManager().registerSubscriber(subscriber);
}

/** The code of a project that is handed the objects of a class whose rows are inserted, updated or deleted. */
export function hooksHanded(em: SqlEm, meta: EntityMetadata, change: keyof typeof HANDED): readonly Hook[] {
  const events = HANDED[change];
  const hooks = events.flatMap(event => (meta.hooks[event] ?? []) as Hook[]);
  for (const subscriber of em.getEventManager().getSubscribers()) {
    if (own.has(subscriber)) continue;
    const names = subscriber.getSubscribedEntities?.() ?? [];
    const isHeard = names.length === 0 || names.some(name => Utils.className(name) === meta.className);
    for (const event of [...OF_FLUSH, ...(isHeard ? events : [])])
      if (event in subscriber) hooks.push(Reflect.get(subscriber, event) as Hook);
  }
  return hooks;
}
