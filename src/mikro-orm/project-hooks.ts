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

/** What the hooks are called that are handed an object whose row is updated, or deleted. */
const HANDED = {
  updated: ['beforeUpdate', 'afterUpdate'],
  deleted: ['beforeDelete', 'afterDelete'],
} as const;

/** What is told of a flush as a whole, and so of all that it writes. */
const OF_FLUSH = ['beforeFlush', 'onFlush', 'afterFlush'] as const;

const own = new WeakSet<EventSubscriber>();

/** Registers a subscriber that is no project's. */
export function registerOwn(em: SqlEm, subscriber: EventSubscriber): void {
  own.add(subscriber);
  em.getEventManager().registerSubscriber(subscriber);
}

/** Whether code of a project is handed the objects of a class whose rows are updated, or deleted. */
export function isHandedOver(em: SqlEm, meta: EntityMetadata, change: keyof typeof HANDED): boolean {
  const events = HANDED[change];
  if (events.some(event => (meta.hooks[event]?.length ?? 0) > 0)) return true;
  return [...em.getEventManager().getSubscribers()].some(subscriber => {
    if (own.has(subscriber)) return false;
    if (OF_FLUSH.some(event => event in subscriber)) return true;
    const names = subscriber.getSubscribedEntities?.() ?? [];
    const isHeard = names.length === 0 || names.some(name => Utils.className(name) === meta.className);
    return isHeard && events.some(event => event in subscriber);
  });
}
