import { AsyncLocalStorage } from 'node:async_hooks';
import type { SqlEm } from './orm.ts';

/** A call of a method of an EntityManager, or of a query builder of one. */
export interface Call {
  readonly name: string;
  readonly args: readonly unknown[];
}

type Around = (call: Call, run: () => Promise<unknown>) => Promise<unknown>;
type Method = (...args: unknown[]) => Promise<unknown>;

const methods = [
  'callRoutine',
  'count',
  'countBy',
  'execute',
  'find',
  'findOne',
  'flush',
  'insert',
  'insertMany',
  'lock',
  'nativeDelete',
  'nativeUpdate',
  'populate',
  'refresh',
  'transactional',
  'upsert',
  'upsertMany',
] as const;

/** Those of a query builder that send something. */
const sending = ['execute', 'getCount', 'getResultAndCount', 'getResultList', 'getSingleResult'] as const;

const inside = new AsyncLocalStorage<true>();

/**
 * Has something done around what an EntityManager and its query builders are told to do in the database. What one of these
 * calls another for is part of the first.
 */
export function aroundCalls(em: SqlEm, around: Around): void {
  wrap(em, methods, around);
  const create = em.createQueryBuilder.bind(em) as (...args: unknown[]) => object;
  Object.assign(em, {
    createQueryBuilder(...args: unknown[]) {
      const builder = create(...args);
      if (inside.getStore() === undefined) wrap(builder, sending, around);
      return builder;
    },
  });
}

/** A method keeps its name: others tell it by that. */
function wrap(owner: object, names: readonly string[], around: Around): void {
  for (const name of names) {
    const method = Reflect.get(owner, name) as Method | undefined;
    if (method === undefined) continue;
    const wrapped: Method = async (...args) => {
      const run = async () => Reflect.apply(method, owner, args);
      return inside.getStore() === true ? run() : around({ name, args }, () => inside.run(true, run));
    };
    Object.defineProperty(wrapped, 'name', { value: name });
    Object.defineProperty(owner, name, {
      value: wrapped,
      writable: true,
      configurable: true,
      enumerable: false,
    });
  }
}
