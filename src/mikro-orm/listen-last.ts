import type { EventManager, FlushEventArgs, TransactionEventArgs } from '@mikro-orm/core';
import type { SqlEm } from './orm.ts';

/** What is to be told of flushes, and of the transactions that they are in. */
interface FlushListener {
  onFlush(args: FlushEventArgs): Promise<void>;
  afterFlush(args: FlushEventArgs): void;
  beforeTransactionCommit(args: TransactionEventArgs): void;
}

const HEARD = ['onFlush', 'afterFlush', 'beforeTransactionCommit'] as const;
const isHeard = (event: string): event is (typeof HEARD)[number] =>
  (HEARD as readonly string[]).includes(event);

type Dispatch = (event: string, args: never, meta?: unknown) => unknown;

/**
 * Tells a listener of flushes after all subscribers, which may change what is flushed. MikroORM calls them in the order in
 * which they were registered, and a project may register some later.
 */
export function listenLast(em: SqlEm, listener: FlushListener): void {
  listenTo(em.getEventManager(), listener);
}

function listenTo(manager: EventManager, listener: FlushListener): void {
  const dispatch = (manager.dispatchEvent as Dispatch).bind(manager);
  const last: Dispatch = (event, args, meta) => {
    const dispatched = dispatch(event, args, meta);
    if (!isHeard(event)) return dispatched;
    return Promise.resolve(dispatched).then(() => listener[event](args));
  };
  Reflect.set(manager, 'dispatchEvent', last);
  // em.transactional() works with a copy.
  const clone = manager.clone.bind(manager);
  Reflect.set(manager, 'clone', () => {
    const copy = clone();
    listenTo(copy, listener);
    return copy;
  });
}
