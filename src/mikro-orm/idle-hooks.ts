import type { ChangeSet, EventType } from '@mikro-orm/core';
import type { SqlEm } from './orm.ts';
import { replaceMethod } from './replace-method.ts';

type Run = (type: EventType, change: ChangeSet<object>, sync?: boolean) => Promise<void> | undefined;

/**
 * Waits for hooks and subscribers only where there are some. MikroORM makes a promise for each object and each event, and finds
 * out in it that nobody listens.
 */
export function skipIdleHooks(em: SqlEm): void {
  const manager = em.getEventManager();
  replaceMethod<Run>(em.getUnitOfWork(), 'runHooks', run => (type, change, sync) => {
    return manager.hasListeners(type, change.meta) ? run(type, change, sync) : undefined;
  });
}
