import type { FlushEventArgs, TransactionEventArgs } from '@mikro-orm/core';
import type { SqlEm } from './orm.ts';

/** What is to be told of flushes, and of the transactions that they are in. */
interface FlushListener {
  beforeFlush(args: FlushEventArgs): Promise<void>;
  onFlush(args: FlushEventArgs): Promise<void>;
  /** Before the subscribers are told that it is known what will be written. */
  beforeOnFlush(args: FlushEventArgs): void;
  /** Before they are told that it is written. */
  beforeAfterFlush(args: FlushEventArgs): void;
  afterFlush(args: FlushEventArgs): void;
  beforeTransactionCommit(args: TransactionEventArgs): void;
}

const HEARD = ['beforeFlush', 'onFlush', 'afterFlush', 'beforeTransactionCommit'] as const;
const isHeard = (event: string): event is (typeof HEARD)[number] =>
  (HEARD as readonly string[]).includes(event);

type Dispatch = (event: string, args: never, meta?: unknown) => unknown;

/** The event managers that tell a listener already: most EntityManagers share one. */
const telling = new WeakMap<object, FlushListener>();

/**
 * Tells a listener of flushes after all subscribers, which may change what is flushed. MikroORM calls them in the order in
 * which they were registered, and a project may register some later.
 */
export function listenLast(em: SqlEm, listener: FlushListener): void {
  const manager = em.getEventManager();
  if (telling.get(manager) === listener) return;
  telling.set(manager, listener);
  const dispatch = (manager.dispatchEvent as Dispatch).bind(manager);
  const last: Dispatch = (event, args, meta) => {
    if (event === 'onFlush') listener.beforeOnFlush(args);
    else if (event === 'afterFlush') listener.beforeAfterFlush(args);
    const dispatched = dispatch(event, args, meta);
    if (!isHeard(event)) return dispatched;
    return Promise.resolve(dispatched).then(() => listener[event](args));
  };
  Reflect.set(manager, 'dispatchEvent', last);
}
