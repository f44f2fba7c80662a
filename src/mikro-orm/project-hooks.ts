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
